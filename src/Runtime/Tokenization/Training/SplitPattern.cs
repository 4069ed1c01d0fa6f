namespace FineTune.Tokenization.Training;

/// <summary>How a new byte-level tokenizer splits text into words; merges never cross words.</summary>
public enum SplitPattern
{
    /// <summary>GPT-2's: words and numbers with the space before them.</summary>
    Gpt2,

    /// <summary>Llama 3's (and GPT-4's): contractions in any case, numbers in groups of three digits, line ends apart.</summary>
    Llama3,

    /// <summary>Qwen's: as Llama 3's, each digit alone.</summary>
    Qwen2,

    /// <summary>GPT-4o's: words end where the case changes.</summary>
    O200k,
}
