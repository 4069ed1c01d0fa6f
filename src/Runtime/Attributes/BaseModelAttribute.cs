using FineTune.Recipes;

namespace FineTune.Attributes;

/// <summary>Makes a class stand for a base model, so that recipes can name it as a type argument.</summary>
/// <param name="folder">A Hugging Face folder, relative to the project.</param>
/// <example><code>
/// [BaseModel("models/tiny-docs")]
/// public sealed class TinyDocs;
/// </code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class BaseModelAttribute(string folder) : Attribute
{
    /// <summary>A Hugging Face folder, relative to the project.</summary>
    public string Folder { get; } = folder;

    /// <inheritdoc cref="ModelOptions.DType"/>
    public ModelDType DType { get; set; } = ModelDType.Auto;

    /// <inheritdoc cref="ModelOptions.Initialization"/>
    public ModelInitialization Initialization { get; set; } = ModelInitialization.Pretrained;
}
