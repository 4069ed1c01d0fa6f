namespace FineTune.Evaluation.Metrics;

/// <summary>Predicted against true classes, as scikit-learn counts them. Classes are numbered from 0 in sorted order.</summary>
internal sealed class ClassificationReport
{
    private readonly IReadOnlyList<int> _target;
    private readonly IReadOnlyList<int> _prediction;

    /// <param name="target">The true class of each item.</param>
    /// <param name="prediction">The predicted class of each item.</param>
    /// <param name="classes">The number of classes.</param>
    public ClassificationReport(IReadOnlyList<int> target, IReadOnlyList<int> prediction, int classes)
    {
        _target = target;
        _prediction = prediction;
        Confusion = new int[classes, classes];
        foreach (var (wanted, got) in target.Zip(prediction))
            Confusion[wanted, got]++;
        Scores =
        [
            .. Enumerable.Range(0, classes).Select(label => new ClassScore(
                Confusion[label, label], prediction.Count(got => got == label), target.Count(wanted => wanted == label))),
        ];
    }

    /// <summary>Rows are true classes, columns predicted ones.</summary>
    public int[,] Confusion { get; }

    /// <summary>The score of each class.</summary>
    public IReadOnlyList<ClassScore> Scores { get; }

    public double Accuracy => Correct / (double)_target.Count;

    /// <summary>The mean recall of the classes that occur.</summary>
    public double BalancedAccuracy => Scores.Where(score => score.Support > 0).Average(score => score.Recall(0));

    /// <summary>Matthews' correlation coefficient for any number of classes (Gorodkin 2004); 0 where it is undefined.</summary>
    public double Matthews
    {
        get
        {
            double total = _target.Count;
            var covariance = Correct * total - Scores.Sum(score => (double)score.Predicted * score.Support);
            var predicted = total * total - Scores.Sum(score => (double)score.Predicted * score.Predicted);
            var wanted = total * total - Scores.Sum(score => (double)score.Support * score.Support);
            return predicted * wanted == 0 ? 0 : covariance / Math.Sqrt(predicted * wanted);
        }
    }

    public double CohenKappa => Agreement.Cohen(_target, _prediction, distance => distance == 0 ? 0 : 1);

    private int Correct => Scores.Sum(score => score.TruePositives);
}
