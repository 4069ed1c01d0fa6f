namespace FineTune.Recipes;

/// <summary>The loss of a trained token.</summary>
public enum LossType
{
    /// <summary>Cross entropy: −log p.</summary>
    CrossEntropy,

    /// <summary>Dynamic fine-tuning (Wu et al. 2025): cross entropy times p, the latter a constant for the gradient.</summary>
    Dft,
}
