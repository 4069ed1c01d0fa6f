namespace FineTune.Evaluation;

/// <summary>How far an evaluation has come.</summary>
/// <param name="Activity">What is being done, such as <c>perplexity of the base model</c>.</param>
/// <param name="Done">Rows done of <paramref name="Total"/>.</param>
/// <param name="Total">Rows of this activity.</param>
internal readonly record struct EvaluationProgress(string Activity, int Done, int Total);
