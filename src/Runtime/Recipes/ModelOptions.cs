namespace FineTune.Recipes;

/// <summary>The base model of a recipe.</summary>
public sealed record ModelOptions
{
    /// <summary>A Hugging Face folder, relative to the project.</summary>
    public required string Base { get; init; }

    /// <summary>The type of the stored base weights and of the products with them.</summary>
    public ModelDType DType { get; init; } = ModelDType.Auto;

    /// <summary>Whether to start from the folder's weights or from random ones (which needs only its configuration).</summary>
    public ModelInitialization Initialization { get; init; } = ModelInitialization.Pretrained;
}
