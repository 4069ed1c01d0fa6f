using static TorchSharp.torch;

namespace FineTune.Tensors;

/// <summary>How the heads lie in a row: key head k serves the query heads of its group.</summary>
/// <param name="Count">Query heads.</param>
/// <param name="KeyHeads">Key and value heads.</param>
/// <param name="Size">Elements of a head.</param>
internal readonly record struct AttentionHeads(int Count, int KeyHeads, int Size)
{
    /// <summary>Query heads per key head.</summary>
    public int Group => Count / KeyHeads;

    /// <summary>Elements of a head in a tile: whole vectors.</summary>
    public int Width => (Size + 15) / 16 * 16;

    /// <summary>From rows of queries [tokens, heads · size] and keys [tokens, keyHeads · size].</summary>
    public static AttentionHeads Of(Tensor query, Tensor key, long size) =>
        new((int)(query.shape[1] / size), (int)(key.shape[1] / size), (int)size);
}
