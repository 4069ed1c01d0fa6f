namespace FineTune.Evaluation.Metrics;

/// <summary>Probabilities of several classes against the true ones.</summary>
/// <param name="Target">The true class of each item.</param>
/// <param name="Probabilities">The probability of every class, for each item.</param>
internal sealed record MulticlassRanking(IReadOnlyList<int> Target, IReadOnlyList<IReadOnlyList<double>> Probabilities)
{
    private int Classes => Probabilities[0].Count;

    /// <summary>The mean area of each class against all others.</summary>
    public double OneAgainstRest(bool isWeighted) => Mean(Enumerable.Range(0, Classes).Select(label => (
        Area(label, _ => true), isWeighted ? Target.Count(wanted => wanted == label) : 1.0)));

    /// <summary>The mean area of each pair of classes (Hand and Till 2001), weighted by how many items are of either.</summary>
    public double OneAgainstOne(bool isWeighted) => Mean(
        from first in Enumerable.Range(0, Classes)
        from second in Enumerable.Range(first + 1, Classes - first - 1)
        let isEither = (Func<int, bool>)(label => label == first || label == second)
        select ((Area(first, isEither) + Area(second, isEither)) / 2, isWeighted ? Target.Count(isEither) : 1.0));

    /// <summary>The mean negative logarithm of the true class's probability.</summary>
    public double LogLoss => Target.Zip(Probabilities, (label, row) => -Math.Log(row[label])).Average();

    /// <summary>The share of items whose true class is among the k most likely; among equals later classes come first.</summary>
    public double TopAccuracy(int k) => Target.Zip(Probabilities, (label, row) =>
        row.Where((probability, other) => probability > row[label] || (probability == row[label] && other > label)).Count() < k ? 1.0 : 0.0).Average();

    private double Area(int positive, Func<int, bool> isUsed) => new BinaryRanking(
        Target.Zip(Probabilities).Where(item => isUsed(item.First)).Select(item => (item.First == positive, item.Second[positive]))).Area;

    private static double Mean(IEnumerable<(double Value, double Weight)> values)
    {
        var list = values.ToList();
        return list.Sum(item => item.Value * item.Weight) / list.Sum(item => item.Weight);
    }
}
