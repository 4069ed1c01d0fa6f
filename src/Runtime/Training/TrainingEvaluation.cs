using FineTune.Recipes;

namespace FineTune.Training;

/// <summary>What the model made of the held-out rows after a step.</summary>
/// <param name="Step">The optimizer steps done.</param>
/// <param name="Loss">The mean loss of the trained tokens, in nats; label smoothing and other additions to the loss are left out.</param>
/// <param name="TokenAccuracy">The share of trained tokens that the model finds most likely.</param>
/// <param name="TrainedTokens">The tokens measured.</param>
/// <param name="IsBest">Whether no earlier evaluation of the run was as good.</param>
public sealed record TrainingEvaluation(int Step, double Loss, double TokenAccuracy, long TrainedTokens, bool IsBest)
{
    /// <summary>exp of <see cref="Loss"/>.</summary>
    public double Perplexity => Math.Exp(Loss);

    /// <summary>One of its numbers.</summary>
    public double Of(EvaluationMetric metric) => metric switch
    {
        EvaluationMetric.Perplexity => Perplexity,
        EvaluationMetric.TokenAccuracy => TokenAccuracy,
        _ => Loss,
    };
}
