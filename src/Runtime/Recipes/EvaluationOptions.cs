namespace FineTune.Recipes;

/// <summary>What is measured on the test rows, for the base and the tuned model.</summary>
public sealed record EvaluationOptions
{
    /// <summary>The metrics; none measures nothing.</summary>
    public IReadOnlyList<Metric> Metrics { get; init; } = [];

    /// <summary>The most test rows whose completions are generated; perplexity is measured on as many.</summary>
    public int Rows { get; init; } = 200;

    /// <summary>The most tokens generated for a row.</summary>
    public int MaxNewTokens { get; init; } = 64;
}
