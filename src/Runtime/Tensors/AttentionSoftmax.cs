using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace FineTune.Tensors;

/// <summary>The row-wise parts of attention on one block of queries: a causal softmax and its gradient, in fp32.</summary>
internal static unsafe class AttentionSoftmax
{
    /// <summary>
    /// Turns scores into probabilities. A query at position p sees the keys 0 to p.
    /// </summary>
    /// <param name="scores">[matrices, rows, keys] fp32, overwritten if <paramref name="probabilities"/> is the same tensor.</param>
    /// <param name="probabilities">Of the same shape; 0 at unseen keys.</param>
    /// <param name="logSum">
    /// [at least matrices · rows] fp32: log Σ exp(scale · score) of each row. Written in the forward pass; read instead, so that
    /// no maximum has to be found, if <paramref name="known"/>.
    /// </param>
    /// <param name="queries">Row r is the query <c>r mod queries</c> of the block.</param>
    /// <param name="position">The block's first query in its sequence.</param>
    /// <param name="scale">Multiplies the scores.</param>
    /// <param name="known">Whether <paramref name="logSum"/> is already there.</param>
    public static void Forward(Tensor scores, Tensor probabilities, Tensor logSum, int queries, long position, float scale, bool known)
    {
        if (probabilities.dtype == ScalarType.BFloat16)
            Forward<BFloat16Element>(scores, probabilities, logSum, queries, position, scale, known);
        else
            Forward<Float32Element>(scores, probabilities, logSum, queries, position, scale, known);
    }

    /// <summary>Overwrites the gradient of the probabilities with that of the scores: <c>scale · p · (dp − δ)</c>.</summary>
    /// <param name="gradient">[matrices, rows, keys].</param>
    /// <param name="probabilities">Likewise; 0 where unseen.</param>
    /// <param name="delta">[at least matrices · rows] fp32: the dot product of each row's output and its gradient.</param>
    /// <param name="scale">The scores' factor.</param>
    public static void BackwardInPlace(Tensor gradient, Tensor probabilities, Tensor delta, float scale)
    {
        if (gradient.dtype == ScalarType.BFloat16)
            Backward<BFloat16Element>(gradient, probabilities, delta, scale);
        else
            Backward<Float32Element>(gradient, probabilities, delta, scale);
    }

    /// <summary>Each query's δ: the dot product of its output and the output's gradient.</summary>
    /// <param name="output">Query blocks, [blocks, …, headSize].</param>
    /// <param name="gradient">Likewise.</param>
    /// <returns>[blocks, rows of a block] fp32.</returns>
    public static Tensor Delta(Tensor output, Tensor gradient)
    {
        var (blocks, size) = (output.shape[0], output.shape[^1]);
        var delta = StepMemory.Empty(ScalarType.Float32, blocks, output.numel() / size / blocks);
        if (output.dtype == ScalarType.BFloat16)
            Delta<BFloat16Element>(output, gradient, delta, (nint)size);
        else
            Delta<Float32Element>(output, gradient, delta, (nint)size);
        return delta;
    }

    private static void Forward<T>(Tensor scores, Tensor probabilities, Tensor logSum, int queries, long position, float scale, bool known)
        where T : IElement
    {
        var (rows, keys) = (scores.shape[0] * scores.shape[1], (nint)scores.shape[2]);
        var (ps, pp, pl) = ((nint)TensorMemory.Address(scores), (nint)TensorMemory.Address(probabilities), (nint)TensorMemory.Address(logSum));
        KernelThreads.For(rows, keys, (_, from, to) =>
        {
            for (var row = from; row < to; row++)
            {
                var seen = (nint)Math.Min(keys, position + row % queries + 1);
                var source = (float*)ps + row * keys;
                var target = (void*)(pp + row * keys * T.Size);
                var sum = (float*)pl + row;
                if (known)
                    Exponentials<T>(source, target, seen, keys, scale, *sum);
                else
                    *sum = Normalize<T>(source, target, seen, keys, scale);
            }
        });
    }

    // The softmax of a row with one exponential an element: the scores are overwritten with exp(scale · (score − largest)).
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Normalize<T>(float* scores, void* target, nint seen, nint keys, float scale)
        where T : IElement
    {
        // Rows are multiples of a vector long; what is unseen in the last vector counts as −∞.
        var end = (seen + 15) / 16 * 16;
        var maxima = Vector512.Create(float.NegativeInfinity);
        for (nint i = 0; i < end; i += 16)
            maxima = Vector512.Max(maxima, Seen(Vector512.Load(scores + i), i, seen));
        var largest = float.NegativeInfinity;
        for (var lane = 0; lane < 16; lane++)
            largest = Math.Max(largest, maxima[lane]);

        var (scales, shift) = (Vector512.Create(scale), Vector512.Create(-largest * scale));
        var sums = Vector512<float>.Zero;
        for (nint i = 0; i < end; i += 16)
        {
            var exponential = Vector512.Exp(Vector512.FusedMultiplyAdd(Seen(Vector512.Load(scores + i), i, seen), scales, shift));
            exponential.Store(scores + i);
            sums += exponential;
        }

        var sum = Vector512.Sum(sums);
        var factor = Vector512.Create(1 / sum);
        for (nint i = 0; i < end; i += 16)
            T.Store(target, i, Vector512.Load(scores + i) * factor);
        new Span<byte>((byte*)target + end * T.Size, (int)((keys - end) * T.Size)).Clear();
        return largest * scale + MathF.Log(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Exponentials<T>(float* scores, void* target, nint seen, nint keys, float scale, float logSum)
        where T : IElement
    {
        var end = (seen + 15) / 16 * 16;
        var (scales, shift) = (Vector512.Create(scale), Vector512.Create(-logSum));
        for (nint i = 0; i < end; i += 16)
            T.Store(target, i, Vector512.Exp(Vector512.FusedMultiplyAdd(Seen(Vector512.Load(scores + i), i, seen), scales, shift)));
        new Span<byte>((byte*)target + end * T.Size, (int)((keys - end) * T.Size)).Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Seen(Vector512<float> scores, nint first, nint seen) => first + 16 <= seen
        ? scores
        : Vector512.ConditionalSelect(
            Vector512.LessThan(Vector512<int>.Indices, Vector512.Create((int)(seen - first))).AsSingle(), scores, Vector512.Create(float.NegativeInfinity));

    private static void Backward<T>(Tensor gradient, Tensor probabilities, Tensor delta, float scale)
        where T : IElement
    {
        var (rows, keys) = (gradient.shape[0] * gradient.shape[1], (nint)gradient.shape[2]);
        var (pg, pp, pd) = ((nint)TensorMemory.Address(gradient), (nint)TensorMemory.Address(probabilities), (nint)TensorMemory.Address(delta));
        KernelThreads.For(rows, keys, (_, from, to) =>
        {
            var scales = Vector512.Create(scale);
            for (var row = from; row < to; row++)
            {
                var d = ((float*)pd)[row];
                var g = (void*)(pg + row * keys * T.Size);
                var p = (void*)(pp + row * keys * T.Size);
                var shift = Vector512.Create(d);
                nint i = 0;
                for (; i <= keys - 16; i += 16)
                    T.Store(g, i, T.Load(p, i) * (T.Load(g, i) - shift) * scales);
                for (; i < keys; i++)
                    T.Set(g, i, T.Get(p, i) * (T.Get(g, i) - d) * scale);
            }
        });
    }

    private static void Delta<T>(Tensor output, Tensor gradient, Tensor delta, nint size)
        where T : IElement
    {
        var (po, pg, pd) = ((nint)TensorMemory.Address(output), (nint)TensorMemory.Address(gradient), (nint)TensorMemory.Address(delta));
        KernelThreads.For(delta.numel(), size, (_, from, to) =>
        {
            for (var row = from; row < to; row++)
            {
                var o = (void*)(po + row * size * T.Size);
                var g = (void*)(pg + row * size * T.Size);
                var sums = Vector512<float>.Zero;
                nint i = 0;
                for (; i <= size - 16; i += 16)
                    sums = Vector512.FusedMultiplyAdd(T.Load(o, i), T.Load(g, i), sums);
                var sum = Vector512.Sum(sums);
                for (; i < size; i++)
                    sum += T.Get(o, i) * T.Get(g, i);
                ((float*)pd)[row] = sum;
            }
        });
    }
}
