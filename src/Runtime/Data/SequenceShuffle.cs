namespace FineTune.Data;

/// <summary>A shuffle that is the same on every machine and .NET version: Fisher and Yates over SplitMix64 (Steele et al. 2014).</summary>
internal struct SequenceShuffle
{
    private ulong _state;

    /// <param name="seed">The run's seed.</param>
    /// <param name="epoch">Each epoch has an order of its own.</param>
    public SequenceShuffle(int seed, int epoch)
    {
        _state = ((ulong)(uint)seed << 32) | (uint)epoch;
    }

    /// <summary>Shuffles in place.</summary>
    public void Apply(int[] items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            // The high half of the product is uniform over 0 to i, but for a bias below 2⁻³².
            var j = (int)Math.BigMul(Next(), (ulong)(i + 1), out _);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
