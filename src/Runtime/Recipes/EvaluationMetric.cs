namespace FineTune.Recipes;

/// <summary>What an evaluation during training measures, and the best weights are chosen by.</summary>
public enum EvaluationMetric
{
    /// <summary>The mean loss of the trained tokens, in nats: the lower, the better.</summary>
    Loss,

    /// <summary>exp of <see cref="Loss"/>: the lower, the better.</summary>
    Perplexity,

    /// <summary>The share of trained tokens that the model finds most likely: the higher, the better.</summary>
    TokenAccuracy,
}
