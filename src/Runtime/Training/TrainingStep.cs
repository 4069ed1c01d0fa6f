namespace FineTune.Training;

/// <summary>What one optimizer step did.</summary>
/// <param name="Step">The step's number, from 1.</param>
/// <param name="TotalSteps">The steps of the whole run.</param>
/// <param name="Loss">The mean loss of the step's trained tokens, in nats.</param>
/// <param name="LearningRate">The learning rate that the step used.</param>
/// <param name="GradNorm">The L2 norm of the gradient before clipping.</param>
/// <param name="TokensPerSecond">Tokens of the step's sequences, pads not counted, per second of this process.</param>
/// <param name="TrainedTokens">Tokens that counted in the loss, from the first step of the run to this one.</param>
/// <param name="PeakMemoryBytes">The most memory that the process has held so far.</param>
/// <param name="Elapsed">Time since training started in this process.</param>
/// <param name="Remaining">An estimate of the time that the remaining steps take.</param>
public sealed record TrainingStep(
    int Step,
    int TotalSteps,
    double Loss,
    double LearningRate,
    double GradNorm,
    double TokensPerSecond,
    long TrainedTokens,
    long PeakMemoryBytes,
    TimeSpan Elapsed,
    TimeSpan Remaining)
{
    /// <summary>What the method measures besides, by its name in <c>metrics.jsonl</c>: rewards, of one that learns from them.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    /// <summary>The mean reward of the step's completions; <see langword="null"/> where nothing is judged.</summary>
    public double? Reward => Metrics.TryGetValue("reward", out var reward) ? reward : null;
}
