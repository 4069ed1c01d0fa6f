namespace FineTune.Tokenization.Training;

/// <summary>The rules by which merges are learned, named as in Hugging Face's BpeTrainer.</summary>
internal sealed record MergeLearnerOptions
{
    public int VocabularySize { get; init; } = 30000;

    public long MinimumFrequency { get; init; }

    public IReadOnlyList<string> SpecialTokens { get; init; } = [];

    /// <summary>Characters that are in the alphabet whether they occur or not.</summary>
    public IReadOnlyCollection<string> InitialAlphabet { get; init; } = [];

    /// <summary>The most characters of the alphabet: the most frequent are kept.</summary>
    public int? LimitAlphabet { get; init; }

    /// <summary>Tokens stay shorter than this many characters.</summary>
    public int? MaxTokenLength { get; init; }

    public string? ContinuingSubwordPrefix { get; init; }

    public string? EndOfWordSuffix { get; init; }
}
