namespace FineTune.Tokenization.Models;

/// <summary>The settings of a byte-pair model, named as in tokenizer.json.</summary>
internal sealed record BytePairOptions
{
    /// <summary>Stands for characters that the vocabulary lacks; without it they vanish.</summary>
    public string? UnknownToken { get; init; }

    /// <summary>Written before every symbol of a word but the first, such as <c>##</c>.</summary>
    public string? ContinuingSubwordPrefix { get; init; }

    /// <summary>Written after the last symbol of a word, such as <c>&lt;/w&gt;</c>.</summary>
    public string? EndOfWordSuffix { get; init; }

    /// <summary>Whether neighbouring unknown characters become one token.</summary>
    public bool FuseUnknown { get; init; }

    /// <summary>Whether unknown characters become tokens <c>&lt;0xXX&gt;</c> of their UTF-8 bytes.</summary>
    public bool ByteFallback { get; init; }

    /// <summary>Whether a word that is in the vocabulary is one token even if no merges lead to it.</summary>
    public bool IgnoreMerges { get; init; }
}
