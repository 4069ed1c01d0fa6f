namespace FineTune.Tensors;

/// <summary>Some queries of one sequence, with all keys that the last of them sees.</summary>
/// <param name="Start">The sequence's first token.</param>
/// <param name="Token">The block's first token.</param>
/// <param name="Length">The block's tokens.</param>
internal readonly record struct AttentionBlock(long Start, long Token, long Length)
{
    /// <summary>The keys from the sequence's start to the block's last token.</summary>
    public long Keys => Token + Length - Start;
}
