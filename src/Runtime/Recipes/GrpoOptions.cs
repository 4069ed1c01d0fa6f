namespace FineTune.Recipes;

/// <summary>
/// Group relative policy optimization (DeepSeekMath, Shao et al. 2024): the model samples several completions of a prompt, the recipe's
/// rewards judge them, and those above the group's mean become likelier. Names are TRL's.
/// </summary>
public sealed record GrpoOptions
{
    /// <summary>Completions sampled for each prompt; at least 2.</summary>
    public int NumGenerations { get; init; } = 8;

    /// <summary>The most tokens sampled for a completion.</summary>
    public int MaxCompletionLength { get; init; } = 256;

    /// <summary>Divides the logits, in sampling and in the loss.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Samples among this many most likely tokens; 0 is all.</summary>
    public int TopK { get; init; }

    /// <summary>Samples among the most likely tokens that together reach this probability.</summary>
    public double TopP { get; init; } = 1;

    /// <summary>The weight of the divergence from the base model; above 0 the base model runs too.</summary>
    public double Beta { get; init; }

    /// <summary>How far below 1 a token's probability, over that at sampling, still has a gradient.</summary>
    public double EpsilonLow { get; init; } = 0.2;

    /// <summary>The same upwards; <see langword="null"/> is <see cref="EpsilonLow"/>. Of <see cref="GrpoObjective.Cispo"/> the largest weight itself.</summary>
    public double? EpsilonHigh { get; init; }

    /// <summary>Optimizer steps on each round of completions.</summary>
    public int NumIterations { get; init; } = 1;

    /// <summary>How the losses of tokens become one.</summary>
    public GrpoObjective Objective { get; init; } = GrpoObjective.Dapo;

    /// <summary>What advantages are divided by.</summary>
    public RewardScaling ScaleRewards { get; init; } = RewardScaling.Group;

    /// <summary>Whether completions that were cut at <see cref="MaxCompletionLength"/> are left out of the loss.</summary>
    public bool MaskTruncatedCompletions { get; init; }
}
