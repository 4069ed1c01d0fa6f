namespace FineTune.Evaluation;

/// <summary>A confidence interval of a mean by resampling, as <c>rouge_score</c> aggregates: percentiles of the resamples' means.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="Median">The median of the resamples' means.</param>
/// <param name="High">The upper end.</param>
internal readonly record struct BootstrapInterval(double Low, double Median, double High)
{
    /// <param name="values">The values.</param>
    /// <param name="samples">The indices of each resample.</param>
    /// <param name="confidence">The share of resamples inside the interval, such as 0.95.</param>
    public static BootstrapInterval Of(IReadOnlyList<double> values, IEnumerable<IReadOnlyList<int>> samples, double confidence)
    {
        var means = samples.Select(sample => sample.Average(index => values[index])).Order().ToList();
        var tail = (1 - confidence) / 2;
        return new BootstrapInterval(Percentile(means, tail), Percentile(means, 0.5), Percentile(means, 1 - tail));
    }

    private static double Percentile(List<double> sorted, double share)
    {
        var position = share * (sorted.Count - 1);
        var below = (int)Math.Floor(position);
        var above = Math.Min(below + 1, sorted.Count - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
