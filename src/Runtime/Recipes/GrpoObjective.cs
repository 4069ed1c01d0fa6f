namespace FineTune.Recipes;

/// <summary>How GRPO's losses of tokens become one (TRL's <c>loss_type</c>), over the whole optimizer step.</summary>
public enum GrpoObjective
{
    /// <summary>The mean over all tokens (DAPO, Yu et al. 2025).</summary>
    Dapo,

    /// <summary>The mean over completions of the mean over each one's tokens (DeepSeekMath, Shao et al. 2024).</summary>
    Grpo,

    /// <summary>The sum over the number of completions times the most tokens that one may have (Dr. GRPO, Liu et al. 2025).</summary>
    DrGrpo,

    /// <summary>The mean over all tokens; what is clipped is each token's weight and not its gradient (MiniMax-M1, 2025).</summary>
    Cispo,
}
