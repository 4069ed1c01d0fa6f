namespace FineTune.Evaluation.Metrics;

/// <summary>How far raters agree beyond chance: 1 is agreement, 0 is chance.</summary>
internal static class Agreement
{
    /// <summary>Cohen's kappa of two raters.</summary>
    /// <param name="first">The first rater's labels.</param>
    /// <param name="second">The second rater's labels of the same items.</param>
    /// <param name="weight">The weight of a disagreement by the distance of the labels' places, such as its square.</param>
    public static double Cohen(IReadOnlyList<int> first, IReadOnlyList<int> second, Func<int, double> weight)
    {
        var labels = first.Concat(second).Distinct().Order().ToList();
        int[] firstCounts = [.. labels.Select(label => first.Count(other => other == label))];
        int[] secondCounts = [.. labels.Select(label => second.Count(other => other == label))];
        var observed = first.Zip(second).Sum(pair => weight(Math.Abs(labels.IndexOf(pair.First) - labels.IndexOf(pair.Second))));
        var expected = 0.0;
        for (var i = 0; i < labels.Count; i++)
        {
            for (var j = 0; j < labels.Count; j++)
                expected += weight(Math.Abs(i - j)) * firstCounts[i] * secondCounts[j] / first.Count;
        }

        return 1 - observed / expected;
    }

    /// <summary>Fleiss' kappa of any number of raters who rate every item.</summary>
    /// <param name="ratings">Each rater's labels.</param>
    public static double Fleiss(IReadOnlyList<IReadOnlyList<int>> ratings)
    {
        double raters = ratings.Count;
        var items = ratings[0].Count;
        var observed = Enumerable.Range(0, items).Average(item =>
            (ratings.GroupBy(rater => rater[item]).Sum(group => Math.Pow(group.Count(), 2)) - raters) / (raters * (raters - 1)));
        var expected = ratings.SelectMany(rater => rater).GroupBy(label => label).Sum(group => Math.Pow(group.Count() / (raters * items), 2));
        return (observed - expected) / (1 - expected);
    }

    /// <summary>Krippendorff's alpha; items may lack ratings.</summary>
    /// <param name="ratings">Each rater's labels; <see langword="null"/> is missing.</param>
    /// <param name="difference">The difference of two labels, given how often each label was used.</param>
    public static double Krippendorff(
        IReadOnlyList<IReadOnlyList<int?>> ratings, Func<int, int, IReadOnlyDictionary<int, double>, double> difference)
    {
        var coincidences = new Dictionary<(int, int), double>();
        for (var item = 0; item < ratings[0].Count; item++)
        {
            // Pairs of ratings of one item count 1 / (number of its ratings − 1).
            var values = ratings.Select(rater => rater[item]).OfType<int>().ToList();
            for (var i = 0; i < values.Count; i++)
            {
                for (var j = 0; j < values.Count; j++)
                {
                    if (i != j)
                        coincidences[(values[i], values[j])] = coincidences.GetValueOrDefault((values[i], values[j])) + 1.0 / (values.Count - 1);
                }
            }
        }

        var counts = coincidences.GroupBy(pair => pair.Key.Item1).ToDictionary(group => group.Key, group => group.Sum(pair => pair.Value));
        var total = counts.Values.Sum();
        var observed = coincidences.Sum(pair => pair.Value * difference(pair.Key.Item1, pair.Key.Item2, counts));
        var expected = counts.Sum(first => counts.Sum(second => first.Value * second.Value * difference(first.Key, second.Key, counts)));
        return 1 - (total - 1) * observed / expected;
    }

    public static double NominalDifference(int first, int second, IReadOnlyDictionary<int, double> counts) => first == second ? 0 : 1;

    public static double OrdinalDifference(int first, int second, IReadOnlyDictionary<int, double> counts)
    {
        var (low, high) = (Math.Min(first, second), Math.Max(first, second));
        var between = counts.Where(pair => pair.Key >= low && pair.Key <= high).Sum(pair => pair.Value);
        return Math.Pow(between - (counts[first] + counts[second]) / 2, 2);
    }

    public static double IntervalDifference(int first, int second, IReadOnlyDictionary<int, double> counts) => Math.Pow(first - second, 2);

    public static double RatioDifference(int first, int second, IReadOnlyDictionary<int, double> counts) =>
        first + second == 0 ? 0 : Math.Pow((first - second) / (double)(first + second), 2);
}
