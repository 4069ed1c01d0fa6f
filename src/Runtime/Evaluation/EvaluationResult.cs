namespace FineTune.Evaluation;

/// <summary>A recipe's metrics, measured on its held-out rows.</summary>
/// <param name="Rows">How many rows were measured.</param>
/// <param name="Base">The model before training.</param>
/// <param name="Tuned">The model after training; null where there is none yet.</param>
/// <param name="Completions">The greedy completions, in the order of the rows; empty if no metric needs them.</param>
internal sealed record EvaluationResult(int Rows, ModelScores Base, ModelScores? Tuned, IReadOnlyList<RowCompletions> Completions);
