namespace FineTune.Generation;

/// <summary>
/// Chooses one sequence's next tokens from logits: temperature, then top-k, then top-p, as Hugging Face transformers orders
/// them, then a draw.
/// </summary>
internal sealed class TokenSampler(GenerationOptions options, int sequence)
{
    // A generator of its own for each sequence, so that a batch gives what single prompts give. Random with a seed is
    // specified to keep its algorithm.
    private readonly Random _random = new(unchecked(options.Seed * 31 + sequence));
    private (float Logit, int Token)[] _candidates = [];

    /// <param name="logits">One for each token of the vocabulary.</param>
    public int Next(ReadOnlySpan<float> logits)
    {
        if (options.Temperature == 0)
            return Largest(logits);
        if (_candidates.Length != logits.Length)
            _candidates = new (float, int)[logits.Length];
        for (var i = 0; i < logits.Length; i++)
            _candidates[i] = (logits[i], i);

        var kept = Math.Clamp(options.TopK == 0 ? logits.Length : options.TopK, 1, logits.Length);
        if (kept < logits.Length || options.TopP < 1)
            Array.Sort(_candidates, static (a, b) => a.Logit != b.Logit ? b.Logit.CompareTo(a.Logit) : a.Token.CompareTo(b.Token));
        return Draw(_candidates.AsSpan(0, kept));
    }

    /// <summary>The first of the largest: PyTorch's argmax on a CPU.</summary>
    private static int Largest(ReadOnlySpan<float> logits)
    {
        var best = 0;
        for (var i = 1; i < logits.Length; i++)
        {
            if (logits[i] > logits[best])
                best = i;
        }

        return best;
    }

    private int Draw(Span<(float Logit, int Token)> candidates)
    {
        var largest = float.NegativeInfinity;
        foreach (var (logit, _) in candidates)
            largest = Math.Max(largest, logit);
        var total = Total(candidates, largest);
        if (options.TopP < 1)
        {
            candidates = Nucleus(candidates, largest, options.TopP * total);
            total = Total(candidates, largest);
        }

        var drawn = _random.NextDouble() * total;
        foreach (var (logit, token) in candidates)
        {
            drawn -= Weight(logit, largest);
            if (drawn < 0)
                return token;
        }

        return candidates[^1].Token; // Rounding left a crumb of the total.
    }

    // The shortest prefix whose weights reach the mass; at least one token.
    private Span<(float Logit, int Token)> Nucleus(Span<(float Logit, int Token)> sorted, float largest, double mass)
    {
        var sum = 0.0;
        for (var i = 0; i < sorted.Length; i++)
        {
            sum += Weight(sorted[i].Logit, largest);
            if (sum >= mass)
                return sorted[..(i + 1)];
        }

        return sorted;
    }

    private double Total(ReadOnlySpan<(float Logit, int Token)> candidates, float largest)
    {
        var total = 0.0;
        foreach (var (logit, _) in candidates)
            total += Weight(logit, largest);
        return total;
    }

    private double Weight(float logit, float largest) => Math.Exp((logit - largest) / options.Temperature);
}
