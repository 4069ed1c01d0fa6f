using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace FineTune.Tensors;

/// <summary>Takes rows out of a matrix by index, and adds rows back.</summary>
internal static unsafe class RowGather
{
    /// <summary>The rows at some indices, converted to another type.</summary>
    /// <param name="source">[all, features], fp32 or bf16.</param>
    /// <param name="indices">The rows to take.</param>
    /// <param name="type">The type of the result: fp32 or bf16.</param>
    /// <returns>[indices, features].</returns>
    public static Tensor Take(Tensor source, ReadOnlySpan<int> indices, ScalarType type)
    {
        var result = StepMemory.Empty(type, indices.Length, source.shape[1]);
        fixed (int* index = indices)
        {
            switch (source.dtype, type)
            {
                case (ScalarType.Float32, ScalarType.Float32):
                    Take<Float32Element, Float32Element>(source, (nint)index, result);
                    break;
                case (ScalarType.Float32, ScalarType.BFloat16):
                    Take<Float32Element, BFloat16Element>(source, (nint)index, result);
                    break;
                case (ScalarType.BFloat16, ScalarType.Float32):
                    Take<BFloat16Element, Float32Element>(source, (nint)index, result);
                    break;
                case (ScalarType.BFloat16, ScalarType.BFloat16):
                    Take<BFloat16Element, BFloat16Element>(source, (nint)index, result);
                    break;
                default:
                    // Half precision and the like: rare enough for plain operations.
                    using (NewDisposeScope())
                        result.copy_(source.index_select(0, tensor(indices.ToArray(), dtype: ScalarType.Int64)));
                    break;
            }
        }

        return result;
    }

    /// <summary>Adds rows to the rows of a matrix, in the order of the indices, so that repeated ones add up the same way always.</summary>
    /// <param name="target">[all, features] fp32.</param>
    /// <param name="indices">Where each row goes.</param>
    /// <param name="rows">[indices, features], fp32 or bf16.</param>
    public static void Add(Tensor target, ReadOnlySpan<int> indices, Tensor rows)
    {
        fixed (int* index = indices)
        {
            if (rows.dtype == ScalarType.BFloat16)
                Add<BFloat16Element>(target, (nint)index, rows);
            else
                Add<Float32Element>(target, (nint)index, rows);
        }
    }

    private static void Take<TFrom, TTo>(Tensor source, nint indices, Tensor result)
        where TFrom : IElement
        where TTo : IElement
    {
        var (count, features) = (result.shape[0], (nint)result.shape[1]);
        var (from, to) = ((nint)TensorMemory.Address(source), (nint)TensorMemory.Address(result));
        KernelThreads.For(count, features, (_, first, end) =>
        {
            for (var row = first; row < end; row++)
            {
                var input = (void*)(from + ((int*)indices)[row] * features * TFrom.Size);
                var output = (void*)(to + row * features * TTo.Size);
                nint i = 0;
                for (; i <= features - 16; i += 16)
                    TTo.Store(output, i, TFrom.Load(input, i));
                for (; i < features; i++)
                    TTo.Set(output, i, TFrom.Get(input, i));
            }
        });
    }

    // Threads share the columns, not the rows: two of them never add to the same element.
    private static void Add<T>(Tensor target, nint indices, Tensor rows)
        where T : IElement
    {
        var (count, features) = (rows.shape[0], (nint)rows.shape[1]);
        var (from, to) = ((nint)TensorMemory.Address(rows), (nint)TensorMemory.Address(target));
        KernelThreads.For(features, count, (_, first, end) =>
        {
            for (long row = 0; row < count; row++)
            {
                var input = (void*)(from + row * features * T.Size);
                var output = (float*)to + ((int*)indices)[row] * features;
                var i = (nint)first;
                for (; i <= (nint)end - 16; i += 16)
                    (Vector512.Load(output + i) + T.Load(input, i)).Store(output + i);
                for (; i < (nint)end; i++)
                    output[i] += T.Get(input, i);
            }
        });
    }
}
