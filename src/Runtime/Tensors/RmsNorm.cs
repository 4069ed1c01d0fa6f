using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace FineTune.Tensors;

/// <summary>
/// Root mean square normalization (Zhang and Sennrich 2019): <c>y = x · r · w</c> with <c>r = 1 / sqrt(mean(x²) + ε)</c> for
/// each row, all in fp32.
/// </summary>
internal static unsafe class RmsNorm
{
    /// <summary>Normalizes each row.</summary>
    /// <param name="x">[rows, features], fp32 or bf16.</param>
    /// <param name="weight">[features], any float type.</param>
    /// <param name="epsilon">Added to the mean square.</param>
    /// <returns>y of x's shape and type, and r [rows] in fp32, which the backward pass needs.</returns>
    public static (Tensor Y, Tensor Scale) Forward(Tensor x, Tensor weight, double epsilon)
    {
        var (rows, features) = (x.shape[0], x.shape[1]);
        var y = StepMemory.EmptyLike(x);
        Tensor scale;
        using (StepMemory.Kept())
            scale = StepMemory.Empty(ScalarType.Float32, rows);
        using var w = InFloat32(weight);
        if (x.dtype == ScalarType.BFloat16)
            Forward<BFloat16Element>(x, w, epsilon, y, scale, rows, (nint)features);
        else
            Forward<Float32Element>(x, w, epsilon, y, scale, rows, (nint)features);
        return (y, scale);
    }

    /// <summary>Computes y again from x and r.</summary>
    public static Tensor Recompute(Tensor x, Tensor weight, Tensor scale)
    {
        var y = StepMemory.EmptyLike(x);
        using var w = InFloat32(weight);
        if (x.dtype == ScalarType.BFloat16)
            Apply<BFloat16Element>(x, w, scale, y);
        else
            Apply<Float32Element>(x, w, scale, y);
        return y;
    }

    /// <summary>
    /// Adds the gradient of x to <paramref name="gradX"/>: <c>r·(g·w) − x·r³·mean(x·g·w)</c>, and that of the weight,
    /// <c>Σ g·x·r</c> over rows, to <paramref name="gradWeight"/>.
    /// </summary>
    /// <param name="gradY">[rows, features].</param>
    /// <param name="x">The forward pass's input.</param>
    /// <param name="weight">[features].</param>
    /// <param name="scale">r [rows].</param>
    /// <param name="gradX">Added to: the gradient that reaches x on other ways, such as the residual connection.</param>
    /// <param name="gradWeight">[features] in fp32, added to; null if the weight is frozen.</param>
    public static void Backward(Tensor gradY, Tensor x, Tensor weight, Tensor scale, Tensor gradX, Tensor? gradWeight)
    {
        using var w = InFloat32(weight);
        if (x.dtype == ScalarType.BFloat16)
            Backward<BFloat16Element>(gradY, x, w, scale, gradX, gradWeight);
        else
            Backward<Float32Element>(gradY, x, w, scale, gradX, gradWeight);
    }

    /// <summary>The same by plain operations with automatic gradients, for tests and as documentation.</summary>
    public static Tensor Reference(Tensor x, Tensor weight, double epsilon)
    {
        var wide = x.to(ScalarType.Float32);
        var scale = (wide.square().mean([-1], keepdim: true) + epsilon).rsqrt();
        return (wide * scale * weight.to(ScalarType.Float32)).to(x.dtype);
    }

    // Tensor.to gives the same object back where nothing is to be converted: disposing that would dispose the weight.
    private static Tensor InFloat32(Tensor weight) => weight.dtype == ScalarType.Float32 ? weight.alias() : weight.to(ScalarType.Float32);

    private static void Forward<T>(Tensor x, Tensor weight, double epsilon, Tensor y, Tensor scale, long rows, nint features)
        where T : IElement
    {
        var (px, pw, py, pr) = ((nint)TensorMemory.Address(x), (nint)TensorMemory.Address(weight), (nint)TensorMemory.Address(y), (nint)TensorMemory.Address(scale));
        KernelThreads.For(rows, features, (_, from, to) =>
        {
            for (var row = from; row < to; row++)
            {
                var source = (void*)(px + row * features * T.Size);
                var target = (void*)(py + row * features * T.Size);
                var r = (float)(1 / Math.Sqrt(SumOfSquares<T>(source, features) / features + epsilon));
                ((float*)pr)[row] = r;
                Scale<T>(source, (float*)pw, r, target, features);
            }
        });
    }

    private static void Apply<T>(Tensor x, Tensor weight, Tensor scale, Tensor y)
        where T : IElement
    {
        var (rows, features) = (x.shape[0], (nint)x.shape[1]);
        var (px, pw, py, pr) = ((nint)TensorMemory.Address(x), (nint)TensorMemory.Address(weight), (nint)TensorMemory.Address(y), (nint)TensorMemory.Address(scale));
        KernelThreads.For(rows, features, (_, from, to) =>
        {
            for (var row = from; row < to; row++)
                Scale<T>((void*)(px + row * features * T.Size), (float*)pw, ((float*)pr)[row], (void*)(py + row * features * T.Size), features);
        });
    }

    private static void Backward<T>(Tensor gradY, Tensor x, Tensor weight, Tensor scale, Tensor gradX, Tensor? gradWeight)
        where T : IElement
    {
        var (rows, features) = (x.shape[0], (nint)x.shape[1]);
        var (pg, px, pw, pr, pgx) = ((nint)TensorMemory.Address(gradY), (nint)TensorMemory.Address(x), (nint)TensorMemory.Address(weight),
            (nint)TensorMemory.Address(scale), (nint)TensorMemory.Address(gradX));
        // One sum a part, added in the order of parts: the same result whichever thread is faster.
        using var partial = gradWeight is null ? null : zeros(KernelThreads.Parts(rows, features), features);
        var pgw = partial is null ? 0 : (nint)TensorMemory.Address(partial);
        KernelThreads.For(rows, features, (part, from, to) =>
        {
            for (var row = from; row < to; row++)
            {
                var offset = row * features * T.Size;
                var r = ((float*)pr)[row];
                RowBackward<T>((void*)(pg + offset), (void*)(px + offset), (float*)pw, r, (void*)(pgx + offset), features);
                if (pgw != 0)
                    AddWeightGradient<T>((void*)(pg + offset), (void*)(px + offset), r, (float*)pgw + part * features, features);
            }
        });
        if (partial is not null)
        {
            using var sum = partial.sum(dim: 0);
            gradWeight!.add_(sum);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double SumOfSquares<T>(void* x, nint features)
        where T : IElement
    {
        var sum = Vector512<float>.Zero;
        nint i = 0;
        for (; i <= features - 16; i += 16)
        {
            var value = T.Load(x, i);
            sum = Vector512.FusedMultiplyAdd(value, value, sum);
        }

        double total = Vector512.Sum(sum);
        for (; i < features; i++)
            total += (double)T.Get(x, i) * T.Get(x, i);
        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scale<T>(void* x, float* weight, float r, void* y, nint features)
        where T : IElement
    {
        var scale = Vector512.Create(r);
        nint i = 0;
        for (; i <= features - 16; i += 16)
            T.Store(y, i, T.Load(x, i) * scale * Vector512.Load(weight + i));
        for (; i < features; i++)
            T.Set(y, i, T.Get(x, i) * r * weight[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RowBackward<T>(void* gradY, void* x, float* weight, float r, void* gradX, nint features)
        where T : IElement
    {
        var dot = Vector512<float>.Zero;
        nint i = 0;
        for (; i <= features - 16; i += 16)
            dot = Vector512.FusedMultiplyAdd(T.Load(gradY, i) * Vector512.Load(weight + i), T.Load(x, i), dot);
        double total = Vector512.Sum(dot);
        for (; i < features; i++)
            total += T.Get(gradY, i) * weight[i] * T.Get(x, i);

        var c = (float)(total * r * r * r / features);
        var (scale, correction) = (Vector512.Create(r), Vector512.Create(-c));
        for (i = 0; i <= features - 16; i += 16)
        {
            var own = Vector512.FusedMultiplyAdd(T.Load(gradY, i) * Vector512.Load(weight + i), scale, T.Load(x, i) * correction);
            T.Store(gradX, i, T.Load(gradX, i) + own);
        }

        for (; i < features; i++)
            T.Set(gradX, i, T.Get(gradX, i) + (T.Get(gradY, i) * weight[i] * r - T.Get(x, i) * c));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddWeightGradient<T>(void* gradY, void* x, float r, float* sum, nint features)
        where T : IElement
    {
        var scale = Vector512.Create(r);
        nint i = 0;
        for (; i <= features - 16; i += 16)
            Vector512.FusedMultiplyAdd(T.Load(gradY, i), T.Load(x, i) * scale, Vector512.Load(sum + i)).Store(sum + i);
        for (; i < features; i++)
            sum[i] += T.Get(gradY, i) * T.Get(x, i) * r;
    }
}
