namespace FineTune.Evaluation.Metrics;

/// <summary>How well scores rank the items of one query; an item is relevant if its grade is above 0.</summary>
internal sealed class Retrieval
{
    private readonly double[] _ranked;
    private readonly double[] _scores;

    /// <param name="scores">The score of each item.</param>
    /// <param name="relevance">The grade of each item.</param>
    public Retrieval(IReadOnlyList<double> scores, IReadOnlyList<double> relevance)
    {
        var order = Enumerable.Range(0, scores.Count).OrderByDescending(item => scores[item]).ToArray();
        _ranked = [.. order.Select(item => relevance[item])];
        _scores = [.. order.Select(item => scores[item])];
    }

    private int RelevantCount => _ranked.Count(grade => grade > 0);

    /// <summary>1 / the rank of the first relevant item; 0 if there is none.</summary>
    public double ReciprocalRank => Array.FindIndex(_ranked, grade => grade > 0) is >= 0 and var first ? 1.0 / (first + 1) : 0;

    /// <summary>The mean precision at the relevant items; 0 if there are none.</summary>
    public double AveragePrecision =>
        RelevantCount == 0 ? 0 : Enumerable.Range(1, _ranked.Length).Where(k => _ranked[k - 1] > 0).Sum(Precision) / RelevantCount;

    /// <summary>The share of all relevant items among the first k.</summary>
    public double Recall(int k) => RelevantCount == 0 ? 0 : Hits(k) / (double)RelevantCount;

    /// <summary>The share of relevant items among k.</summary>
    public double Precision(int k) => Hits(k) / (double)k;

    /// <summary>1 if a relevant item is among the first k.</summary>
    public double Hit(int k) => Hits(k) > 0 ? 1 : 0;

    /// <summary>
    /// The discounted cumulative gain of the first k against the best order (Järvelin and Kekäläinen 2002), discount
    /// 1 / log2(rank + 1). Items with equal scores share their mean gain.
    /// </summary>
    /// <param name="k">The number of items.</param>
    /// <param name="isExponential">Whether the gain is 2^grade − 1 instead of the grade.</param>
    public double NormalizedGain(int k, bool isExponential)
    {
        var gains = Array.ConvertAll(_ranked, grade => isExponential ? Math.Pow(2, grade) - 1 : grade);
        var best = gains.OrderDescending().Take(k).Select((gain, index) => gain * Discount(index)).Sum();
        if (best == 0)
            return 0;
        var total = 0.0;
        for (var start = 0; start < gains.Length;)
        {
            var end = start;
            while (end < gains.Length && _scores[end] == _scores[start])
                end++;
            var mean = gains.AsSpan(start, end - start).ToArray().Average();
            for (var index = start; index < Math.Min(end, k); index++)
                total += mean * Discount(index);
            start = end;
        }

        return total / best;
    }

    private static double Discount(int index) => 1 / Math.Log2(index + 2);

    private int Hits(int k) => _ranked.Take(k).Count(grade => grade > 0);
}
