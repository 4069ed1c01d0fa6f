namespace FineTune.Recipes;

/// <summary>The courses of the learning rate, by the names and formulas of Hugging Face transformers.</summary>
public enum LearningRateSchedule
{
    /// <summary>Always the peak; no warm-up.</summary>
    Constant,

    /// <summary>Warm-up, then the peak.</summary>
    ConstantWithWarmup,

    /// <summary>Warm-up, then linearly to 0.</summary>
    Linear,

    /// <summary>Warm-up, then half a cosine to 0.</summary>
    Cosine,

    /// <summary>Warm-up, then a cosine to 0 that starts anew in each cycle.</summary>
    CosineWithRestarts,

    /// <summary>Warm-up, then half a cosine to <see cref="TrainingOptions.MinLrRate"/> of the peak.</summary>
    CosineWithMinLr,

    /// <summary>The same, but the warm-up begins above 0 and the minimum is reached in the last step.</summary>
    CosineWarmupWithMinLr,

    /// <summary>Warm-up, then a polynomial to 1e-7.</summary>
    Polynomial,

    /// <summary>Warm-up, then the inverse square root of the step.</summary>
    InverseSqrt,

    /// <summary>Warm-up, a plateau, and a decay.</summary>
    WarmupStableDecay,
}
