namespace FineTune.Recipes;

/// <summary>Where a model's first weights come from.</summary>
public enum ModelInitialization
{
    /// <summary>The weights in the base model's folder.</summary>
    Pretrained,

    /// <summary>Random weights: normal with the configuration's <c>initializer_range</c>, norms 1, biases 0.</summary>
    Random,
}
