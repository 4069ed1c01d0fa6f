using FineTune.Keys;

namespace FineTune.Recipes;

/// <summary>A whole recipe: what to train, on what, how, and how to judge the result.</summary>
public sealed record RecipeOptions
{
    /// <summary>The recipe's name; its run folder is <c>runs/{Name}</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The base model.</summary>
    public required ModelOptions Model { get; init; }

    /// <summary>The rows.</summary>
    public required DataOptions Data { get; init; }

    /// <summary>The adapter, or <see langword="null"/> to train all weights.</summary>
    public LoraOptions? Adapter { get; init; }

    /// <summary>The training run.</summary>
    public TrainingOptions Training { get; init; } = new();

    /// <summary>What is sampled and how rewards become a loss, by <see cref="TrainingMethod.Grpo"/>.</summary>
    public GrpoOptions Grpo { get; init; } = new();

    /// <summary>What is measured on the test rows.</summary>
    public EvaluationOptions Evaluation { get; init; } = new();

    /// <summary>The most tokens of an answer that is measured: where rewards alone judge it, as many as in training.</summary>
    internal int MeasuredTokens => Training.Samples && Evaluation.Metrics.Count == 0 ? Grpo.MaxCompletionLength : Evaluation.MaxNewTokens;

    /// <summary>
    /// The peak learning rate: the recipe's, or else 2e-4 for an adapter, 2e-5 for all weights of a pretrained model, 6e-4 for random ones;
    /// by GRPO 1e-5 for an adapter and 1e-6 for all weights.
    /// </summary>
    public double LearningRate => Training.LearningRate ?? DefaultLearningRate.Of(
        hasAdapter: Adapter is not null, isRandom: Model.Initialization == ModelInitialization.Random, isRewarded: Training.Samples);
}
