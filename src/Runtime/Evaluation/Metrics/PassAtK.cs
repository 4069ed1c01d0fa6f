namespace FineTune.Evaluation.Metrics;

/// <summary>Chances of solving a problem with k samples, estimated without bias from n samples (Chen et al. 2021).</summary>
internal static class PassAtK
{
    /// <summary>That at least one of k samples is right: 1 − C(n−c, k) / C(n, k), as a product that cannot overflow.</summary>
    /// <param name="samples">n.</param>
    /// <param name="correct">c, how many of them are right.</param>
    /// <param name="k">The number of samples drawn.</param>
    public static double Any(int samples, int correct, int k)
    {
        Check(samples, correct, k);
        var none = 1.0;
        for (var i = 0; i < k; i++)
            none *= Math.Max(0, samples - correct - i) / (double)(samples - i);
        return 1 - none;
    }

    /// <summary>That all k samples are right: C(c, k) / C(n, k).</summary>
    public static double All(int samples, int correct, int k)
    {
        Check(samples, correct, k);
        var all = 1.0;
        for (var i = 0; i < k; i++)
            all *= Math.Max(0, correct - i) / (double)(samples - i);
        return all;
    }

    private static void Check(int samples, int correct, int k)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, samples);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(correct, samples);
    }
}
