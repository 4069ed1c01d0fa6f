namespace FineTune.Hooks;

/// <summary>A metric of the user's own over generated text, measured on held-out rows beside the recipe's metrics.</summary>
public interface ITextMetric
{
    /// <summary>Its name in tables and in <c>report.json</c>.</summary>
    string Name { get; }

    /// <summary>Whether less is better.</summary>
    bool LowerIsBetter => false;

    /// <summary>Scores one row; the metric is the mean over rows.</summary>
    /// <param name="prediction">The model's greedy answer.</param>
    /// <param name="reference">The row's own completion.</param>
    double Score(string prediction, string reference);
}
