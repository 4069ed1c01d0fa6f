namespace FineTune.Evaluation.Metrics;

/// <summary>Predicted against true numbers.</summary>
internal static class Regression
{
    public static double MeanSquaredError(IReadOnlyList<double> target, IReadOnlyList<double> prediction) =>
        target.Zip(prediction, (wanted, got) => (wanted - got) * (wanted - got)).Average();

    public static double MeanAbsoluteError(IReadOnlyList<double> target, IReadOnlyList<double> prediction) =>
        target.Zip(prediction, (wanted, got) => Math.Abs(wanted - got)).Average();

    /// <summary>The share of the variance that is explained.</summary>
    public static double R2(IReadOnlyList<double> target, IReadOnlyList<double> prediction)
    {
        var mean = target.Average();
        return 1 - MeanSquaredError(target, prediction) / target.Average(wanted => (wanted - mean) * (wanted - mean));
    }

    public static double Pearson(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        var (firstMean, secondMean) = (first.Average(), second.Average());
        var covariance = first.Zip(second, (x, y) => (x - firstMean) * (y - secondMean)).Sum();
        return covariance / Math.Sqrt(first.Sum(x => (x - firstMean) * (x - firstMean)) * second.Sum(y => (y - secondMean) * (y - secondMean)));
    }

    /// <summary>Pearson's correlation of the ranks; equal numbers share their mean rank.</summary>
    public static double Spearman(IReadOnlyList<double> first, IReadOnlyList<double> second) => Pearson(Ranks(first), Ranks(second));

    /// <summary>Kendall's τ-b: concordant less discordant pairs, ties left out of either side.</summary>
    public static double KendallTauB(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        var (balance, firstPairs, secondPairs) = (0.0, 0.0, 0.0);
        for (var i = 0; i < first.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var (x, y) = (Math.Sign(first[i] - first[j]), Math.Sign(second[i] - second[j]));
                balance += x * y;
                firstPairs += x * x;
                secondPairs += y * y;
            }
        }

        return balance / Math.Sqrt(firstPairs * secondPairs);
    }

    private static double[] Ranks(IReadOnlyList<double> values) =>
        [.. values.Select(value => values.Count(other => other < value) + (values.Count(other => other == value) + 1) / 2.0)];
}
