namespace FineTune.Evaluation.Metrics;

/// <param name="Answers">The right answers; none for a question without one.</param>
/// <param name="Prediction">The predicted answer.</param>
/// <param name="NoAnswerProbability">How likely the model takes it that there is no answer.</param>
internal sealed record SquadQuestion(IReadOnlyList<string> Answers, string Prediction, double NoAnswerProbability);
