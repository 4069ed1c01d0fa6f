using FineTune.Evaluation;

namespace FineTune.App.Reports;

/// <summary>
/// <c>report.json</c>: what was trained, from what, how, and how good it is. Its names are a contract with the scripts that
/// read it.
/// </summary>
internal sealed record RunReport
{
    /// <summary>The recipe's name; all its keys are in <c>recipe.yaml</c> beside the report.</summary>
    public required string Recipe { get; init; }

    public required RunHashes Hashes { get; init; }

    public required RunVersions Versions { get; init; }

    public required int Seed { get; init; }

    public required int Steps { get; init; }

    public required long TrainedTokens { get; init; }

    public required double TokensPerSecond { get; init; }

    public required double SecondsToFirstStep { get; init; }

    public required long PeakMemoryBytes { get; init; }

    public required double FinalLoss { get; init; }

    /// <summary>The best evaluation during training; null if there was none.</summary>
    public BestEvaluationReport? BestEvaluation { get; init; }

    /// <summary>Null until it is measured, and for a recipe that measures nothing.</summary>
    public EvaluationReport? Evaluation { get; init; }
}

/// <summary>The best evaluation during training.</summary>
/// <param name="Step">The steps done by then.</param>
/// <param name="Metric">What it is best by.</param>
/// <param name="Value">That metric.</param>
internal sealed record BestEvaluationReport(int Step, string Metric, double Value);

/// <summary>The scores of both models.</summary>
internal sealed record EvaluationReport(int Rows, ModelScores Base, ModelScores Tuned);
