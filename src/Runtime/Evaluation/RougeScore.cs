namespace FineTune.Evaluation;

/// <summary>How well a prediction covers a reference, each from 0 to 1.</summary>
/// <param name="Precision">The share of the prediction that is in the reference.</param>
/// <param name="Recall">The share of the reference that is in the prediction.</param>
/// <param name="FMeasure">Their harmonic mean; 0 if both are 0.</param>
public readonly record struct RougeScore(double Precision, double Recall, double FMeasure)
{
    /// <summary>The scores of a number of hits.</summary>
    internal static RougeScore Of(long hits, long targetCount, long predictionCount)
    {
        var precision = hits / (double)Math.Max(predictionCount, 1);
        var recall = hits / (double)Math.Max(targetCount, 1);
        return new RougeScore(precision, recall, precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0);
    }
}
