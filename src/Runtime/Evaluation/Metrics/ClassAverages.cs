namespace FineTune.Evaluation.Metrics;

/// <summary>Averages of the scores of classes.</summary>
/// <param name="Precision">The mean precision.</param>
/// <param name="Recall">The mean recall.</param>
/// <param name="F1">The mean F1.</param>
internal readonly record struct ClassAverages(double Precision, double Recall, double F1)
{
    /// <summary>Over all decisions.</summary>
    public static ClassAverages Micro(IEnumerable<ClassScore> scores, double zeroDivision)
    {
        var total = scores.Aggregate(default(ClassScore), (sum, score) => sum + score);
        return new ClassAverages(total.Precision(zeroDivision), total.Recall(zeroDivision), total.F(1, zeroDivision));
    }

    /// <summary>Every class counts the same.</summary>
    public static ClassAverages Macro(IReadOnlyList<ClassScore> scores, double zeroDivision) => Weighted(scores, _ => 1, zeroDivision);

    /// <summary>Classes count as often as they are true.</summary>
    public static ClassAverages Weighted(IReadOnlyList<ClassScore> scores, double zeroDivision) => Weighted(scores, score => score.Support, zeroDivision);

    private static ClassAverages Weighted(IReadOnlyList<ClassScore> scores, Func<ClassScore, double> weight, double zeroDivision)
    {
        var total = scores.Sum(weight);
        double Mean(Func<ClassScore, double> value) => total == 0 ? zeroDivision : scores.Sum(score => weight(score) * value(score)) / total;
        return new ClassAverages(
            Mean(score => score.Precision(zeroDivision)), Mean(score => score.Recall(zeroDivision)), Mean(score => score.F(1, zeroDivision)));
    }
}
