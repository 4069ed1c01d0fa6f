using static TorchSharp.torch;

namespace FineTune.Tensors;

/// <summary>
/// Memory for tensors of one type that are released in the reverse order of their making, as in a call stack. Chunks are
/// kept for the next step: after the first one nothing is asked of the heap any more.
/// </summary>
internal sealed class MemoryStack(ScalarType type)
{
    private const long ChunkElements = 1 << 23;
    private const long Alignment = 64;

    private readonly List<Tensor> _chunks = [];

    /// <summary>Where the next tensor goes.</summary>
    public Mark Top { get; private set; }

    /// <summary>Makes a contiguous tensor of undefined content; it is valid until the stack is released to a mark below it.</summary>
    public Tensor Take(long[] shape)
    {
        long elements = 1;
        foreach (var size in shape)
            elements *= size;
        var (chunk, offset) = (Top.Chunk, Top.Offset);
        while (chunk < _chunks.Count && offset + elements > _chunks[chunk].numel())
            (chunk, offset) = (chunk + 1, 0);
        if (chunk == _chunks.Count)
            _chunks.Add(empty(Math.Max(ChunkElements, elements), dtype: type).DetachFromDisposeScope());
        Top = new Mark(chunk, offset + (elements + Alignment - 1) / Alignment * Alignment);
        return _chunks[chunk].as_strided(shape, Strides(shape), offset);
    }

    /// <summary>Forgets everything made since a mark.</summary>
    public void Release(Mark mark) => Top = mark;

    private static long[] Strides(long[] shape)
    {
        var strides = new long[shape.Length];
        long stride = 1;
        for (var i = shape.Length - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride *= shape[i];
        }

        return strides;
    }

    /// <summary>A place in the stack.</summary>
    internal readonly record struct Mark(int Chunk, long Offset);
}
