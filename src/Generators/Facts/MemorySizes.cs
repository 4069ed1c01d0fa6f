namespace FineTune.Facts;

/// <summary>
/// The memory of a training run, in bytes, from sizes alone: what the runtime's plan shows, and what the build compares with the
/// device's memory.
/// </summary>
internal sealed record MemorySizes
{
    /// <summary>The bytes of one chunk of logits: the only ones that exist at any time.</summary>
    public const long ChunkBytes = 1 << 26;

    /// <summary>The tokens whose keys and values are held at a time while completions are sampled.</summary>
    public const int CachedTokens = 16_384;

    public required long HiddenSize { get; init; }

    public required long IntermediateSize { get; init; }

    public required long Layers { get; init; }

    public required long Heads { get; init; }

    public required long KeyValueHeads { get; init; }

    public required long HeadSize { get; init; }

    public required long BaseParameters { get; init; }

    /// <summary>The adapter's weights; 0 where all weights are trained.</summary>
    public required long AdapterParameters { get; init; }

    /// <summary>The sum of the ranks of the adapted layers: so many numbers are kept for each token.</summary>
    public required long Ranks { get; init; }

    /// <summary>Whether the base's weights are trained.</summary>
    public required bool IsFull { get; init; }

    /// <summary>Bytes of a stored weight of the base, where it is frozen.</summary>
    public required int StoredBytes { get; init; }

    /// <summary>Bytes of a number in products.</summary>
    public required int ProductBytes { get; init; }

    /// <summary>The fp32 numbers that optimizer and averages keep for each trained weight.</summary>
    public required int States { get; init; }

    public long TrainedParameters => IsFull ? BaseParameters : AdapterParameters;

    public long Weights => BaseParameters * (IsFull ? TrainedBytes : StoredBytes);

    public long Adapter => AdapterParameters * TrainedBytes;

    public long Gradients => TrainedParameters * 4;

    public long OptimizerStates => TrainedParameters * 4 * States;

    /// <summary>The keys and values of completions while they are sampled; 0 where none are.</summary>
    public long Sampling => Samples ? 2 * Layers * KeyValueHeads * HeadSize * ProductBytes * CachedTokens : 0;

    /// <summary>The base model beside the trained weights, where their divergence counts; an adapter is switched off instead.</summary>
    public long Reference => HasReference && IsFull ? BaseParameters * StoredBytes : 0;

    /// <summary>Whether completions are sampled in training.</summary>
    public bool Samples { get; init; }

    /// <summary>Whether the divergence from the base model counts.</summary>
    public bool HasReference { get; init; }

    // Trained weights are fp32; where products are not, a rounded copy stands beside them.
    private int TrainedBytes => ProductBytes == 4 ? 4 : 4 + ProductBytes;

    /// <summary>What a block keeps for the backward pass, the working memory of one block's backward pass, and one chunk of logits.</summary>
    /// <param name="tokens">The tokens of the largest micro-batch.</param>
    public long Activations(long tokens)
    {
        var (query, key) = (Heads * HeadSize, KeyValueHeads * HeadSize);
        var kept = (2 * HiddenSize) + (2 * query) + (2 * key) + (2 * IntermediateSize);
        var rotary = HeadSize * 4;
        var perToken = (((kept * Layers) + Ranks) * ProductBytes) + ((Heads + 2) * 4 * Layers) + rotary;
        var working = ((4 * HiddenSize) + (2 * IntermediateSize)) * ProductBytes;
        return (tokens * (perToken + working)) + ChunkBytes;
    }

    /// <summary>The fp32 numbers that an optimizer and an average keep for each trained weight.</summary>
    /// <param name="optimizer">The optimizer, by its name in recipes.</param>
    /// <param name="hasMomentum">Whether it has momentum.</param>
    /// <param name="hasAverage">Whether the weights are averaged.</param>
    public static int StatesOf(string optimizer, bool hasMomentum, bool hasAverage) => (hasAverage ? 1 : 0) + optimizer switch
    {
        "sgd" => hasMomentum ? 1 : 0,
        // It keeps those of rows and columns, which is next to nothing.
        "adafactor" => 0,
        "lion" or "adagrad" or "muon" => 1,
        "rmsprop" => hasMomentum ? 2 : 1,
        _ => 2,
    };
}
