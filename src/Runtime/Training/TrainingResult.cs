namespace FineTune.Training;

/// <summary>How a run ended.</summary>
/// <param name="Steps">Optimizer steps done, those of earlier processes of the same run included.</param>
/// <param name="Interrupted">Whether it stopped before its end because it was asked to; a checkpoint is saved.</param>
/// <param name="TrainedTokens">Tokens that counted in the loss, in all those steps.</param>
/// <param name="TokensPerSecond">Tokens per second over the steps of this process, pads not counted.</param>
/// <param name="SecondsToFirstStep">From the start of the process to the end of its first step.</param>
/// <param name="PeakMemoryBytes">The most memory that the process has held.</param>
/// <param name="FinalLoss">The loss of the last step.</param>
/// <param name="Best">The best evaluation during training; null if there was none.</param>
/// <param name="AlreadyFinished">Whether the same run had ended before, so that nothing was trained.</param>
public sealed record TrainingResult(
    int Steps,
    bool Interrupted,
    long TrainedTokens,
    double TokensPerSecond,
    double SecondsToFirstStep,
    long PeakMemoryBytes,
    double FinalLoss,
    BestEvaluation? Best,
    bool AlreadyFinished);
