namespace FineTune.Generation;

/// <summary>How a text is continued.</summary>
internal sealed record GenerationOptions
{
    /// <summary>The most tokens generated for a prompt.</summary>
    public int MaxNewTokens { get; init; } = 64;

    /// <summary>Divides the logits before the softmax; 0 is greedy: always the most likely token.</summary>
    public double Temperature { get; init; }

    /// <summary>Samples among this many most likely tokens; 0 is all.</summary>
    public int TopK { get; init; }

    /// <summary>Samples among the most likely tokens whose probabilities together reach this share; 1 is all.</summary>
    public double TopP { get; init; } = 1;

    /// <summary>The same seed and prompt give the same text, whatever other prompts run beside it.</summary>
    public int Seed { get; init; } = 42;
}
