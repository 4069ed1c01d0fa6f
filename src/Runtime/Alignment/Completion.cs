using FineTune.Data;

namespace FineTune.Alignment;

/// <summary>A completion that the model sampled, and what rewards say of it.</summary>
/// <param name="Sequence">Prompt and completion; the completion's tokens are trained.</param>
/// <param name="IsTruncated">Whether it was cut before it ended.</param>
/// <param name="Scores">What each reward says; null where one says nothing.</param>
internal sealed record Completion(TokenSequence Sequence, bool IsTruncated, IReadOnlyList<double?> Scores)
{
    /// <summary>The weighted sum of its scores; <see langword="null"/> if no reward says anything of it.</summary>
    public double? Reward { get; init; }

    /// <summary>How much better it is than others of its prompt.</summary>
    public double Advantage { get; init; }

    /// <summary>Whether the loss counts it.</summary>
    public bool IsCounted { get; init; } = true;

    /// <summary>The tokens' log-probabilities at sampling; <see langword="null"/> where each round has one step.</summary>
    public double[]? OldLogProbabilities { get; init; }

    /// <summary>The tokens' log-probabilities by the base model; <see langword="null"/> where no divergence is counted.</summary>
    public double[]? ReferenceLogProbabilities { get; init; }
}
