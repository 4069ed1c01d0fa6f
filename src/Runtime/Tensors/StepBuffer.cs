using static TorchSharp.torch;

namespace FineTune.Tensors;

/// <summary>
/// Makes the large tensors of a step. Micro-batches differ by a few tokens; rounding their tensors' memory up lets each
/// fit where the last one was, so that the heap does not fall into pieces and grow from step to step.
/// </summary>
internal static class StepBuffer
{
    // Below this many elements holes do not matter.
    private const long Small = 1 << 12;

    /// <summary>A contiguous tensor of undefined content.</summary>
    public static Tensor Empty(ScalarType type, params long[] shape)
    {
        long elements = 1;
        foreach (var size in shape)
            elements *= size;
        var capacity = Capacity(elements);
        if (capacity == elements)
            return empty(shape, dtype: type);
        var strides = new long[shape.Length];
        long stride = 1;
        for (var i = shape.Length - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride *= shape[i];
        }

        using var memory = empty(capacity, dtype: type);
        return memory.as_strided(shape, strides);
    }

    /// <summary>A tensor of the shape and type of another, of undefined content.</summary>
    public static Tensor EmptyLike(Tensor tensor) => Empty(tensor.dtype, tensor.shape);

    /// <summary>A tensor of zeros.</summary>
    public static Tensor Zeros(ScalarType type, params long[] shape)
    {
        var tensor = Empty(type, shape);
        tensor.zero_();
        return tensor;
    }

    /// <summary>The matrix product, [rows, k] by [k, columns].</summary>
    public static Tensor Product(Tensor left, Tensor right)
    {
        var product = Empty(left.dtype, left.shape[0], right.shape[1]);
        // With beta 0 what was in the memory does not count, not even a NaN.
        product.addmm_(left, right, 0, 1);
        return product;
    }

    // Rounded up to an eighth of the next power of two: at most a seventh more.
    private static long Capacity(long elements)
    {
        if (elements <= Small)
            return elements;
        var unit = (long)System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)elements) / 8;
        return (elements + unit - 1) / unit * unit;
    }
}
