namespace FineTune.Training;

/// <summary>
/// The best evaluation so far and how long ago it was, by the rules of transformers' <c>EarlyStoppingCallback</c>: an
/// improvement that does not exceed the threshold becomes the best and still counts as none; a tie or NaN never becomes the best.
/// </summary>
/// <param name="Evaluations">Evaluations so far.</param>
/// <param name="Step">The step of the best one; null if there is none.</param>
/// <param name="Value">Its metric.</param>
/// <param name="WithoutImprovement">Evaluations in a row without an improvement.</param>
public sealed record BestEvaluation(int Evaluations = 0, int? Step = null, double? Value = null, int WithoutImprovement = 0)
{
    /// <summary>Takes in another evaluation.</summary>
    /// <param name="step">Its step.</param>
    /// <param name="value">Its metric.</param>
    /// <param name="greaterIsBetter">Whether a higher metric is better.</param>
    /// <param name="threshold">What it must gain on the best one to count as an improvement.</param>
    public BestEvaluation With(int step, double value, bool greaterIsBetter, double threshold)
    {
        var best = Value ?? (greaterIsBetter ? double.NegativeInfinity : double.PositiveInfinity);
        var better = greaterIsBetter ? value > best : value < best;
        // Nothing was expected of the first one, so that it disappoints in no case.
        var improved = Evaluations == 0 || (better && Math.Abs(value - best) > threshold);
        return new BestEvaluation(Evaluations + 1, better ? step : Step, better ? value : Value, improved ? 0 : WithoutImprovement + 1);
    }
}
