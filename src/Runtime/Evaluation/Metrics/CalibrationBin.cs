namespace FineTune.Evaluation.Metrics;

/// <summary>Predictions of similar confidence.</summary>
/// <param name="Count">How many.</param>
/// <param name="Confidence">Their mean confidence.</param>
/// <param name="Accuracy">The share that is right.</param>
internal sealed record CalibrationBin(int Count, double Confidence, double Accuracy);
