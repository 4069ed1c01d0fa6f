namespace FineTune.Training;

/// <summary>What the passes of an optimizer step came to.</summary>
/// <param name="Loss">The loss.</param>
/// <param name="Tokens">The tokens of its sequences.</param>
/// <param name="TrainedTokens">Those of them that the loss counts.</param>
internal sealed record StepGradients(double Loss, long Tokens, long TrainedTokens)
{
    /// <summary>What else the method measured, by name.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();
}
