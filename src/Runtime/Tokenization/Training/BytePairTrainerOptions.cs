namespace FineTune.Tokenization.Training;

/// <summary>How a byte-level BPE tokenizer is trained.</summary>
public sealed record BytePairTrainerOptions
{
    /// <summary>The number of tokens: special tokens, 256 bytes and merges. Training stops earlier if the text gives no more merges.</summary>
    public int VocabularySize { get; init; } = 32000;

    /// <summary>Pairs that occur less often are not merged.</summary>
    public long MinimumFrequency { get; init; } = 2;

    /// <summary>Special tokens, which get the first ids in this order.</summary>
    public IReadOnlyList<string> SpecialTokens { get; init; } = [];

    /// <summary>How text is split into words.</summary>
    public SplitPattern SplitPattern { get; init; } = SplitPattern.Gpt2;

    /// <summary>The special token that begins a text.</summary>
    public string? BosToken { get; init; }

    /// <summary>The special token that ends a text.</summary>
    public string? EosToken { get; init; }

    /// <summary>The special token that fills batches.</summary>
    public string? PadToken { get; init; }

    /// <summary>Whether encoding with special tokens puts <see cref="BosToken"/> in front.</summary>
    public bool AddsBos { get; init; }

    /// <summary>Whether encoding with special tokens appends <see cref="EosToken"/>.</summary>
    public bool AddsEos { get; init; }

    /// <summary>The context length that is written down for other libraries.</summary>
    public int? ModelMaxLength { get; init; }
}
