using FineTune.Recipes;

namespace FineTune.Alignment;

/// <summary>How much better completions are than others of the same prompt (DeepSeekMath, Shao et al. 2024; as TRL computes it).</summary>
internal static class RewardAdvantages
{
    // Keeps the division finite where all rewards of a group are nearly the same.
    private const double Smallest = 1e-4;

    /// <summary>The sum of the weighted scores of a completion; <see langword="null"/> if no reward says anything of it.</summary>
    public static double? Sum(IReadOnlyList<double?> scores, IReadOnlyList<double> weights) =>
        scores.Any(score => score is not null) ? scores.Zip(weights, (score, weight) => (score ?? 0) * weight).Sum() : null;

    /// <summary>Each completion's reward less the mean of its group's, over a standard deviation.</summary>
    /// <param name="rewards">The rewards, groups behind each other; a missing one gets 0 and counts in no mean.</param>
    /// <param name="groupSize">The completions of a prompt.</param>
    /// <param name="scaling">Which standard deviation, with n − 1.</param>
    public static double[] Of(IReadOnlyList<double?> rewards, int groupSize, RewardScaling scaling)
    {
        var all = Deviation(rewards);
        return [.. rewards.Chunk(groupSize).SelectMany(group =>
        {
            var mean = group.Average();
            var divisor = scaling switch
            {
                RewardScaling.Group => Deviation(group) + Smallest,
                RewardScaling.Batch => all + Smallest,
                _ => 1,
            };
            return group.Select(reward => reward is { } given && mean is { } middle ? (given - middle) / divisor : 0);
        })];
    }

    /// <summary>The standard deviation of the values that are there, with n − 1; of fewer than two 0.</summary>
    public static double Deviation(IEnumerable<double?> values)
    {
        var given = values.OfType<double>().ToList();
        if (given.Count < 2)
            return 0;
        var mean = given.Average();
        return Math.Sqrt(given.Sum(value => (value - mean) * (value - mean)) / (given.Count - 1));
    }
}
