namespace FineTune.Evaluation.Metrics;

/// <summary>How well one class is predicted.</summary>
/// <param name="TruePositives">Predicted and true.</param>
/// <param name="Predicted">How often it is predicted.</param>
/// <param name="Support">How often it is true.</param>
internal readonly record struct ClassScore(int TruePositives, int Predicted, int Support)
{
    /// <summary>The share of predictions that is right.</summary>
    public double Precision(double zeroDivision) => Predicted == 0 ? zeroDivision : TruePositives / (double)Predicted;

    /// <summary>The share of the true ones that is found.</summary>
    public double Recall(double zeroDivision) => Support == 0 ? zeroDivision : TruePositives / (double)Support;

    /// <summary>The weighted harmonic mean of precision and recall, recall counting β² times.</summary>
    public double F(double beta, double zeroDivision)
    {
        var square = beta * beta;
        var denominator = square * Support + Predicted;
        return denominator == 0 ? zeroDivision : (1 + square) * TruePositives / denominator;
    }

    public static ClassScore operator +(ClassScore left, ClassScore right) =>
        new(left.TruePositives + right.TruePositives, left.Predicted + right.Predicted, left.Support + right.Support);
}
