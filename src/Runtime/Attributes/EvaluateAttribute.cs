using FineTune.Recipes;

namespace FineTune.Attributes;

/// <summary>Measures the base and the tuned model on the test rows.</summary>
/// <param name="metrics">What is measured.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class EvaluateAttribute(params Metric[] metrics) : Attribute
{
    /// <inheritdoc cref="EvaluationOptions.Metrics"/>
    public IReadOnlyList<Metric> Metrics { get; } = metrics;

    /// <inheritdoc cref="EvaluationOptions.Rows"/>
    public int Rows { get; set; } = 200;

    /// <inheritdoc cref="EvaluationOptions.MaxNewTokens"/>
    public int MaxNewTokens { get; set; } = 64;
}
