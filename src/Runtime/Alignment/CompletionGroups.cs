using FineTune.Adapters;
using FineTune.Data;
using FineTune.Hooks;
using FineTune.Models;
using FineTune.Recipes;

namespace FineTune.Alignment;

/// <summary>Compares the completions of each prompt, and notes what the loss compares the model with.</summary>
/// <param name="options">What advantages are divided by, divergence, steps on each round.</param>
/// <param name="rewards">The recipe's rewards.</param>
/// <param name="policy">Computes log-probabilities.</param>
internal sealed class CompletionGroups(GrpoOptions options, IReadOnlyList<RewardWeight> rewards, PolicyGradient policy)
{
    private readonly double[] _weights = [.. rewards.Select(reward => reward.Weight)];

    /// <summary>A round of completions, ready to learn from.</summary>
    /// <param name="completions">The completions with their scores, those of one prompt behind each other.</param>
    /// <param name="model">The model, as it sampled them.</param>
    /// <param name="adapters">Its adapter; off, it is the base model.</param>
    /// <param name="reference">The base model, where all weights are trained.</param>
    public IReadOnlyList<Completion> Compare(IReadOnlyList<Completion> completions, CausalLanguageModel model, AdapterSet? adapters, CausalLanguageModel? reference)
    {
        double?[] sums = [.. completions.Select(completion => RewardAdvantages.Sum(completion.Scores, _weights))];
        var advantages = RewardAdvantages.Of(sums, options.NumGenerations, options.ScaleRewards);
        var sequences = completions.Select(completion => completion.Sequence).ToList();
        // In a round of one step the model is still the one that sampled.
        var old = options.NumIterations > 1 ? policy.LogProbabilities(model, sequences) : null;
        var known = options.Beta > 0 ? Reference(sequences, model, adapters, reference) : null;
        return [.. completions.Select((completion, i) => completion with
        {
            Reward = sums[i],
            Advantage = advantages[i],
            IsCounted = !(options.MaskTruncatedCompletions && completion.IsTruncated),
            OldLogProbabilities = old?[i],
            ReferenceLogProbabilities = known?[i],
        })];
    }

    private double[][] Reference(IReadOnlyList<TokenSequence> sequences, CausalLanguageModel model, AdapterSet? adapters, CausalLanguageModel? reference)
    {
        if (adapters is null)
            return policy.LogProbabilities(reference ?? throw new ArgumentNullException(nameof(reference)), sequences);
        adapters.Enable(false);
        try
        {
            return policy.LogProbabilities(model, sequences);
        }
        finally
        {
            adapters.Enable(true);
        }
    }
}
