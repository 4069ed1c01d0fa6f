using FineTune.Hooks;
using FineTune.Recipes;

namespace FineTune.Alignment;

/// <summary>What a round of completions tells of itself, named as TRL names it.</summary>
internal static class RoundMetrics
{
    public static IReadOnlyDictionary<string, double> Of(
        IReadOnlyList<Completion> round, IReadOnlyList<RewardWeight> rewards, GrpoOptions options, PolicyStep step)
    {
        double?[] sums = [.. round.Select(completion => completion.Reward)];
        var metrics = new Dictionary<string, double>
        {
            ["reward"] = sums.Average() ?? 0,
            ["reward_std"] = RewardAdvantages.Deviation(sums),
            ["frac_reward_zero_std"] = sums.Chunk(options.NumGenerations).Average(group => RewardAdvantages.Deviation(group) < 1e-8 ? 1.0 : 0),
            ["completions_mean_length"] = round.Average(completion => completion.Sequence.TrainedTokens),
            ["completions_clipped_ratio"] = round.Average(completion => completion.IsTruncated ? 1.0 : 0),
            ["clip_ratio"] = step.ClippedShare,
        };
        if (options.Beta > 0)
            metrics["kl"] = step.Divergence;
        for (var i = 0; i < rewards.Count; i++)
        {
            if (round.Average(completion => completion.Scores[i]) is { } mean)
                metrics["rewards/" + rewards[i].Name] = mean;
        }

        return metrics;
    }
}
