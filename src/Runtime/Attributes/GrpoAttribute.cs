using FineTune.Recipes;

namespace FineTune.Attributes;

/// <summary>
/// Group relative policy optimization: the model samples completions, and the recipe's rewards (<c>Rewards</c> in its partial class) say
/// which of them become likelier.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class GrpoAttribute : TrainingAttribute
{
    /// <inheritdoc cref="GrpoOptions.NumGenerations"/>
    public int NumGenerations { get; set; } = 8;

    /// <inheritdoc cref="GrpoOptions.MaxCompletionLength"/>
    public int MaxCompletionLength { get; set; } = 256;

    /// <inheritdoc cref="GrpoOptions.Temperature"/>
    public double Temperature { get; set; } = 1;

    /// <inheritdoc cref="GrpoOptions.TopK"/>
    public int TopK { get; set; }

    /// <inheritdoc cref="GrpoOptions.TopP"/>
    public double TopP { get; set; } = 1;

    /// <inheritdoc cref="GrpoOptions.Beta"/>
    public double Beta { get; set; }

    /// <inheritdoc cref="GrpoOptions.EpsilonLow"/>
    public double EpsilonLow { get; set; } = 0.2;

    /// <inheritdoc cref="GrpoOptions.EpsilonHigh"/>
    public double EpsilonHigh { get; set; }

    /// <inheritdoc cref="GrpoOptions.NumIterations"/>
    public int NumIterations { get; set; } = 1;

    /// <inheritdoc cref="GrpoOptions.Objective"/>
    public GrpoObjective Objective { get; set; } = GrpoObjective.Dapo;

    /// <inheritdoc cref="GrpoOptions.ScaleRewards"/>
    public RewardScaling ScaleRewards { get; set; } = RewardScaling.Group;

    /// <inheritdoc cref="GrpoOptions.MaskTruncatedCompletions"/>
    public bool MaskTruncatedCompletions { get; set; }
}
