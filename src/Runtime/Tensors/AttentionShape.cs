using static TorchSharp.torch;

namespace FineTune.Tensors;

/// <summary>How the heads lie in rows, and views of them: key head k serves the query heads of its group.</summary>
internal readonly struct AttentionShape
{
    private readonly long _headSize;

    /// <param name="query">[tokens, heads · headSize].</param>
    /// <param name="key">[tokens, keyHeads · headSize].</param>
    /// <param name="headSize">Elements of a head.</param>
    public AttentionShape(Tensor query, Tensor key, long headSize)
    {
        _headSize = headSize;
        Heads = query.shape[1] / headSize;
        KeyHeads = key.shape[1] / headSize;
    }

    /// <summary>Query heads.</summary>
    public long Heads { get; }

    /// <summary>Key and value heads.</summary>
    public long KeyHeads { get; }

    /// <summary>Query heads per key head.</summary>
    public long Group => Heads / KeyHeads;

    /// <summary>A view of a block's queries: [keyHeads, group, length, headSize].</summary>
    public Tensor Queries(Tensor rows, AttentionBlock block) =>
        rows.narrow(0, block.Token, block.Length).view(block.Length, KeyHeads, Group, _headSize).permute(1, 2, 0, 3);

    /// <summary>A block's queries as the rows of one matrix a key head: [keyHeads, group · length, headSize].</summary>
    public Tensor QueryRows(Tensor rows, AttentionBlock block) =>
        Queries(rows, block).reshape(KeyHeads, Group * block.Length, _headSize);

    /// <summary>A view of the keys (or values) that a block sees: [keyHeads, keys, headSize].</summary>
    public Tensor Keys(Tensor rows, AttentionBlock block) =>
        rows.narrow(0, block.Start, block.Keys).view(block.Keys, KeyHeads, _headSize).transpose(0, 1);
}
