using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace FineTune.Tensors;

/// <summary>Cross entropy of rows of logits, and its gradient in their place, in fp32.</summary>
internal static unsafe class CrossEntropy
{
    /// <summary>
    /// Overwrites each row of logits with the gradient of <c>weight · −log softmax(row)[target]</c>: <c>weight · (p − 1[target])</c>.
    /// </summary>
    /// <param name="logits">[rows, vocabulary], fp32 or bf16; overwritten.</param>
    /// <param name="targets">The rows' token ids; a negative one is filler, without loss and gradient.</param>
    /// <param name="weight">The factor of every row's loss in the gradient.</param>
    /// <returns>Each row's loss −log p, in nats, without the factor.</returns>
    public static float[] GradientInPlace(Tensor logits, ReadOnlySpan<int> targets, float weight)
    {
        var losses = new float[targets.Length];
        fixed (int* target = targets)
        fixed (float* loss = losses)
            Run(logits, (nint)target, (nint)loss, new(&weight, shared: true));
        return losses;
    }

    /// <summary>The same with a factor for each row.</summary>
    /// <param name="logits">[rows, vocabulary], fp32 or bf16; overwritten.</param>
    /// <param name="targets">The rows' token ids; a negative one is filler, without loss and gradient.</param>
    /// <param name="weights">The factor of each row's loss in the gradient.</param>
    /// <returns>Each row's loss −log p, in nats, without the factor.</returns>
    public static float[] GradientInPlace(Tensor logits, ReadOnlySpan<int> targets, ReadOnlySpan<float> weights)
    {
        if (weights.Length != targets.Length)
            throw new ArgumentException("Each row has a weight.", nameof(weights));
        var losses = new float[targets.Length];
        fixed (int* target = targets)
        fixed (float* loss = losses, weight = weights)
            Run(logits, (nint)target, (nint)loss, new(weight, shared: false));
        return losses;
    }

    /// <summary>Each row's loss −log p, in nats; the logits stay.</summary>
    /// <param name="logits">[rows, vocabulary], fp32 or bf16.</param>
    /// <param name="targets">The rows' token ids; a negative one is filler, without loss.</param>
    public static float[] Losses(Tensor logits, ReadOnlySpan<int> targets)
    {
        var losses = new float[targets.Length];
        fixed (int* target = targets)
        fixed (float* loss = losses)
            Run(logits, (nint)target, (nint)loss, default);
        return losses;
    }

    private static void Run(Tensor logits, nint targets, nint losses, RowWeights weights)
    {
        if (logits.dtype == ScalarType.BFloat16)
            Run<BFloat16Element>(logits, targets, losses, weights);
        else
            Run<Float32Element>(logits, targets, losses, weights);
    }

    private static void Run<T>(Tensor logits, nint targets, nint losses, RowWeights weights)
        where T : IElement
    {
        var (rows, vocabulary) = (logits.shape[0], (nint)logits.shape[1]);
        var pointer = (nint)TensorMemory.Address(logits);
        KernelThreads.For(rows, vocabulary, (_, from, to) =>
        {
            for (var row = from; row < to; row++)
            {
                var x = (void*)(pointer + row * vocabulary * T.Size);
                var target = ((int*)targets)[row];
                if (target < 0)
                {
                    ((float*)losses)[row] = 0;
                    if (weights.IsGiven)
                        new Span<byte>(x, checked((int)(vocabulary * T.Size))).Clear();
                    continue;
                }

                var (largest, sum) = SumOfExponentials<T>(x, vocabulary);
                ((float*)losses)[row] = (float)(largest + Math.Log(sum) - T.Get(x, target));
                if (weights.IsGiven)
                    Gradient<T>(x, vocabulary, target, largest, (float)(weights[row] / sum), weights[row]);
            }
        });
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (float Largest, double Sum) SumOfExponentials<T>(void* x, nint vocabulary)
        where T : IElement
    {
        var maxima = Vector512.Create(float.NegativeInfinity);
        var largest = float.NegativeInfinity;
        nint i = 0;
        for (; i <= vocabulary - 16; i += 16)
            maxima = Vector512.Max(maxima, T.Load(x, i));
        for (var lane = 0; lane < 16; lane++)
            largest = Math.Max(largest, maxima[lane]);
        for (; i < vocabulary; i++)
            largest = Math.Max(largest, T.Get(x, i));

        var shift = Vector512.Create(largest);
        var sums = Vector512<float>.Zero;
        for (i = 0; i <= vocabulary - 16; i += 16)
            sums += Exponential.Of(T.Load(x, i) - shift);
        double sum = Vector512.Sum(sums);
        for (; i < vocabulary; i++)
            sum += MathF.Exp(T.Get(x, i) - largest);
        return (largest, sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gradient<T>(void* x, nint vocabulary, int target, float largest, float scale, float weight)
        where T : IElement
    {
        // The target's entry is p·w − w: computed apart, so that bf16 rounds it once.
        var own = MathF.Exp(T.Get(x, target) - largest) * scale - weight;
        var (shift, scales) = (Vector512.Create(largest), Vector512.Create(scale));
        nint i = 0;
        for (; i <= vocabulary - 16; i += 16)
            T.Store(x, i, Exponential.Of(T.Load(x, i) - shift) * scales);
        for (; i < vocabulary; i++)
            T.Set(x, i, MathF.Exp(T.Get(x, i) - largest) * scale);
        T.Set(x, target, own);
    }
}
