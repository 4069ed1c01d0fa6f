namespace FineTune.Recipes;

/// <summary>What advantages, a completion's reward less the mean of its prompt's, are divided by.</summary>
public enum RewardScaling
{
    /// <summary>The standard deviation of the prompt's rewards.</summary>
    Group,

    /// <summary>The standard deviation of all rewards of the step (Liu et al. 2025).</summary>
    Batch,

    /// <summary>Nothing (Dr. GRPO, Liu et al. 2025).</summary>
    None,
}
