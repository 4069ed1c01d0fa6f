namespace FineTune.Evaluation.Metrics;

/// <summary>How well confidences agree with accuracies (Naeini et al. 2015).</summary>
/// <param name="Bins">The bins that hold something.</param>
internal sealed record Calibration(IReadOnlyList<CalibrationBin> Bins)
{
    /// <summary>The expected calibration error.</summary>
    public double ExpectedError => Bins.Sum(bin => bin.Count * Math.Abs(bin.Confidence - bin.Accuracy)) / Bins.Sum(bin => bin.Count);

    /// <summary>The greatest error of a bin.</summary>
    public double MaximumError => Bins.Max(bin => Math.Abs(bin.Confidence - bin.Accuracy));

    /// <summary>Bins of equal width, (k/m, (k+1)/m].</summary>
    public static Calibration EqualWidth(IReadOnlyList<(double Confidence, bool IsCorrect)> predictions, int bins) => new(
    [
        .. predictions.GroupBy(prediction => BinOf(prediction.Confidence, bins)).OrderBy(group => group.Key).Select(group => Bin([.. group])),
    ]);

    /// <summary>Bins of equal size in the order of confidence; the first ones are longer where it does not divide.</summary>
    public static Calibration EqualMass(IReadOnlyList<(double Confidence, bool IsCorrect)> predictions, int bins)
    {
        var sorted = predictions.OrderBy(prediction => prediction.Confidence).ToList();
        var (size, longer) = Math.DivRem(sorted.Count, bins);
        var result = new List<CalibrationBin>();
        for (int bin = 0, start = 0; bin < bins; bin++)
        {
            var count = size + (bin < longer ? 1 : 0);
            if (count > 0)
                result.Add(Bin(sorted.GetRange(start, count)));
            start += count;
        }

        return new Calibration(result);
    }

    /// <summary>The mean squared difference of confidence and outcome (Brier 1950).</summary>
    public static double Brier(IReadOnlyList<(double Confidence, bool IsCorrect)> predictions) =>
        predictions.Average(prediction => Math.Pow(prediction.Confidence - (prediction.IsCorrect ? 1 : 0), 2));

    private static int BinOf(double confidence, int bins)
    {
        var bin = 0;
        while (bin < bins - 1 && confidence > (bin + 1) / (double)bins)
            bin++;
        return bin;
    }

    private static CalibrationBin Bin(List<(double Confidence, bool IsCorrect)> predictions) => new(
        predictions.Count, predictions.Average(prediction => prediction.Confidence), predictions.Average(prediction => prediction.IsCorrect ? 1.0 : 0.0));
}
