using FineTune.Recipes;

namespace FineTune.Alignment;

/// <summary>
/// GRPO's loss of a token and its derivative by the token's log-probability (DeepSeekMath, Shao et al. 2024; the divergence with the
/// ratio's correction, as in TRL).
/// </summary>
/// <param name="options">Bounds, divergence and objective.</param>
internal sealed class ClippedPolicyLoss(GrpoOptions options)
{
    private readonly double _low = 1 - options.EpsilonLow;
    private readonly double _high = options.Objective == GrpoObjective.Cispo ? options.EpsilonHigh ?? options.EpsilonLow : 1 + (options.EpsilonHigh ?? options.EpsilonLow);

    /// <summary>What a token of a completion weighs in the step's loss.</summary>
    /// <param name="length">The completion's tokens.</param>
    /// <param name="completions">The completions of the whole step.</param>
    /// <param name="tokens">The tokens that the whole step's loss counts.</param>
    public double WeightOf(int length, double completions, double tokens) => options.Objective switch
    {
        GrpoObjective.Grpo => 1 / (completions * Math.Max(1, length)),
        GrpoObjective.DrGrpo => 1 / (completions * options.MaxCompletionLength),
        _ => 1 / Math.Max(1, tokens),
    };

    /// <summary>The loss of a token.</summary>
    /// <param name="logp">Its log-probability.</param>
    /// <param name="old">That at sampling; <see langword="null"/>: the same, as a constant.</param>
    /// <param name="reference">That of the base model; <see langword="null"/> where no divergence is counted.</param>
    /// <param name="advantage">How much better its completion is than others of its prompt.</param>
    public TokenPolicyLoss Of(double logp, double? old, double? reference, double advantage)
    {
        var ratio = Math.Exp(logp - (old ?? logp));
        var (loss, derivative, clipped) = options.Objective == GrpoObjective.Cispo ? Weighted(logp, ratio, advantage) : Clipped(ratio, advantage);
        if (reference is not { } known)
            return new(loss, derivative, 0, clipped);
        // k3 (Schulman 2020): never negative, and 0 only where both agree.
        var difference = known - logp;
        var divergence = Math.Exp(difference) - difference - 1;
        return new(
            loss + options.Beta * ratio * divergence,
            derivative + options.Beta * ratio * (divergence + 1 - Math.Exp(difference)),
            ratio * divergence,
            clipped);
    }

    private (double Loss, double Derivative, bool Clipped) Clipped(double ratio, double advantage)
    {
        var bounded = Math.Clamp(ratio, _low, _high);
        // The bound holds only where it makes the loss larger: a way back is always open.
        return ratio * advantage <= bounded * advantage ? (-ratio * advantage, -ratio * advantage, false) : (-bounded * advantage, 0, true);
    }

    private (double Loss, double Derivative, bool Clipped) Weighted(double logp, double ratio, double advantage)
    {
        var weight = Math.Min(ratio, _high);
        return (-weight * advantage * logp, -weight * advantage, ratio > _high && advantage > 0);
    }
}
