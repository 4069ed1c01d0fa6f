namespace FineTune.Generation;

/// <summary>A sequence while it grows.</summary>
/// <param name="Prompt">What it begins with.</param>
/// <param name="Index">Its place among the prompts.</param>
/// <param name="Sampler">Chooses its tokens.</param>
internal sealed record GeneratedSequence(int[] Prompt, int Index, TokenSampler Sampler)
{
    /// <summary>The new tokens so far.</summary>
    public List<int> Tokens { get; } = [];

    /// <summary>The last token, of the prompt if there is no new one.</summary>
    public int Last => Tokens.Count > 0 ? Tokens[^1] : Prompt[^1];

    /// <summary>Whether a stop token came or the context is full.</summary>
    public bool Ended { get; set; }

    /// <summary>The stop token that came; <see langword="null"/> where the sequence was cut.</summary>
    public int? Stop { get; set; }
}
