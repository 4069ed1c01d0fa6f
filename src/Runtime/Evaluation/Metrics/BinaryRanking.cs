namespace FineTune.Evaluation.Metrics;

/// <summary>How well scores separate positives from negatives, over all thresholds; equal scores fall together.</summary>
internal sealed class BinaryRanking
{
    // After each distinct score, highest first: true positives, false positives. Starts at (0, 0).
    private readonly List<(double True, double False)> _points = [(0, 0)];

    public BinaryRanking(IEnumerable<(bool IsPositive, double Score)> items)
    {
        foreach (var group in items.GroupBy(item => item.Score).OrderByDescending(group => group.Key))
        {
            var positives = group.Count(item => item.IsPositive);
            _points.Add((_points[^1].True + positives, _points[^1].False + group.Count() - positives));
        }
    }

    /// <summary>The area under the ROC curve.</summary>
    public double Area => PartialArea(1);

    /// <summary>The mean precision at each recall that is reached, weighted by its increase.</summary>
    public double AveragePrecision => _points.Zip(_points.Skip(1), (before, after) =>
        (after.True - before.True) / _points[^1].True * (after.True / (after.True + after.False))).Sum();

    /// <summary>The area up to a false positive rate, scaled so that chance is 0.5 and the best is 1 (McClish 1989).</summary>
    public double StandardizedArea(double limit)
    {
        var chance = limit * limit / 2;
        return (1 + (PartialArea(limit) - chance) / (limit - chance)) / 2;
    }

    private double PartialArea(double limit)
    {
        var area = 0.0;
        foreach (var (before, after) in _points.Zip(_points.Skip(1)))
        {
            var (from, to) = (before.False / _points[^1].False, after.False / _points[^1].False);
            var (low, high) = (before.True / _points[^1].True, after.True / _points[^1].True);
            if (from >= limit && to > from)
                break;
            if (to > limit)
                (to, high) = (limit, low + (high - low) * (limit - from) / (to - from));
            area += (to - from) * (low + high) / 2;
        }

        return area;
    }
}
