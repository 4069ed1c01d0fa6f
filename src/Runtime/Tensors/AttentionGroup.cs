using System.Runtime.CompilerServices;
using FineTune.Data;
using static TorchSharp.torch;

namespace FineTune.Tensors;

/// <summary>
/// Sequences of similar length, laid side by side for batched products. Queries lie in blocks of 64, block by block:
/// [blocks, sequences, keyHeads, group · 64, headSize]; keys and values one sequence after the other:
/// [sequences, keyHeads, blocks · 64, headSize]. What is beyond a sequence's end is zero: only queries that are beyond it too
/// could see such keys. The sizes are few, which matters where products are compiled for each size.
/// </summary>
internal sealed unsafe class AttentionGroup
{
    /// <summary>The queries of a block.</summary>
    public const int Block = 64;

    private readonly int[] _starts;
    private readonly int[] _lengths;

    private AttentionGroup(int[] starts, int[] lengths)
    {
        (_starts, _lengths) = (starts, lengths);
        Blocks = (lengths[0] + Block - 1) / Block;
        Sequences = RoundUp(lengths.Length);
    }

    /// <summary>Places for sequences, the longest first; those beyond the group's sequences are zero.</summary>
    public int Sequences { get; }

    /// <summary>Blocks of the longest sequence.</summary>
    public int Blocks { get; }

    /// <summary>Groups the sequences of a batch: lengths within a group differ by less than a factor of two, or a block.</summary>
    public static IReadOnlyList<AttentionGroup> Of(SequenceLayout layout) =>
        [.. Enumerable.Range(0, layout.Lengths.Count)
            .Where(i => layout.Lengths[i] > 0)
            .OrderByDescending(i => layout.Lengths[i])
            .GroupBy(i => System.Numerics.BitOperations.Log2((uint)((layout.Lengths[i] + Block - 1) / Block)))
            .Select(group => new AttentionGroup([.. group.Select(i => layout.Starts[i])], [.. group.Select(i => layout.Lengths[i])]))];

    /// <summary>The places to compute in a block: those of the sequences that reach into it, being the longest, come first.</summary>
    public int Reaching(int block) => RoundUp(_lengths.Count(length => length > block * Block));

    /// <summary>Lays rows [tokens, heads · headSize] out as query blocks.</summary>
    public Tensor PackQueries(Tensor rows, AttentionHeads heads)
    {
        var packed = StepMemory.Zeros(rows.dtype, Blocks, Sequences, heads.KeyHeads, heads.Group * Block, heads.Size);
        Copy(rows, packed, heads.Count, heads.Size, QueryPlaces(heads), unpack: false);
        return packed;
    }

    /// <summary>Lays rows [tokens, keyHeads · headSize] out sequence by sequence.</summary>
    public Tensor PackKeys(Tensor rows, AttentionHeads heads)
    {
        var packed = StepMemory.Zeros(rows.dtype, Sequences, heads.KeyHeads, Blocks * Block, heads.Size);
        Copy(rows, packed, heads.KeyHeads, heads.Size, KeyPlaces(heads), unpack: false);
        return packed;
    }

    /// <summary>Writes query blocks back to rows [tokens, heads · headSize].</summary>
    public void UnpackQueries(Tensor packed, Tensor rows, AttentionHeads heads) =>
        Copy(rows, packed, heads.Count, heads.Size, QueryPlaces(heads), unpack: true);

    /// <summary>Writes keys or values back to rows [tokens, keyHeads · headSize], converted to their type.</summary>
    public void UnpackKeys(Tensor packed, Tensor rows, AttentionHeads heads) =>
        Copy(rows, packed, heads.KeyHeads, heads.Size, KeyPlaces(heads), unpack: true);

    // 1, 2, 3, 4, 6, 8, 12, 16, …: few sizes, and at most a third more.
    private static int RoundUp(int sequences)
    {
        var power = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)sequences);
        return power >= 4 && sequences <= power / 4 * 3 ? power / 4 * 3 : power;
    }

    private Places QueryPlaces(AttentionHeads heads) => new(Sequences * heads.Count * Block, heads.Count * Block, Block);

    private Places KeyPlaces(AttentionHeads heads) => new(Block, heads.KeyHeads * Blocks * Block, Blocks * Block);

    private void Copy(Tensor rows, Tensor packed, long heads, long size, Places places, bool unpack)
    {
        switch (rows.dtype, packed.dtype)
        {
            case (ScalarType.Float32, ScalarType.Float32):
                Copy<Float32Element, Float32Element>(rows, packed, heads, (nint)size, places, unpack);
                break;
            case (ScalarType.BFloat16, ScalarType.Float32):
                Copy<BFloat16Element, Float32Element>(rows, packed, heads, (nint)size, places, unpack);
                break;
            default:
                Copy<BFloat16Element, BFloat16Element>(rows, packed, heads, (nint)size, places, unpack);
                break;
        }
    }

    private void Copy<TRow, TPacked>(Tensor rows, Tensor packed, long heads, nint size, Places places, bool unpack)
        where TRow : IElement
        where TPacked : IElement
    {
        var (pr, pp) = ((nint)TensorMemory.Address(rows), (nint)TensorMemory.Address(packed));
        for (var i = 0; i < _lengths.Length; i++)
        {
            var sequence = i;
            var start = _starts[i];
            KernelThreads.For(_lengths[i], heads * size, (_, from, to) =>
            {
                for (var position = (int)from; position < to; position++)
                {
                    var place = places.Of(sequence, position);
                    for (long head = 0; head < heads; head++)
                    {
                        var row = (void*)(pr + ((start + position) * heads + head) * size * TRow.Size);
                        var other = (void*)(pp + (place + head * places.HeadStride) * size * TPacked.Size);
                        if (unpack)
                            CopyRow<TPacked, TRow>(other, row, size);
                        else
                            CopyRow<TRow, TPacked>(row, other, size);
                    }
                }
            });
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyRow<TFrom, TTo>(void* from, void* to, nint size)
        where TFrom : IElement
        where TTo : IElement
    {
        nint i = 0;
        for (; i <= size - 16; i += 16)
            TTo.Store(to, i, TFrom.Load(from, i));
        for (; i < size; i++)
            TTo.Set(to, i, TFrom.Get(from, i));
    }

    /// <summary>Where the rows of one head lie: by block, by sequence, and from head to head.</summary>
    private readonly record struct Places(long BlockStride, long SequenceStride, long HeadStride)
    {
        public long Of(int sequence, int position) => position / Block * BlockStride + sequence * SequenceStride + position % Block;
    }
}
