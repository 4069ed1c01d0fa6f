using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace FineTune.Tensors;

/// <summary>
/// Rotary position embedding (Su et al. 2021) in the half-split layout of Hugging Face: within each head, element i and
/// element i + half are turned by the angle of frequency i.
/// </summary>
internal static unsafe class Rotation
{
    /// <summary>Rotates in place.</summary>
    /// <param name="x">[tokens, heads · headSize], fp32 or bf16.</param>
    /// <param name="heads">Heads in a row.</param>
    /// <param name="cos">[tokens, half] fp32: the cosine of each token's angles; <c>2 · half ≤ headSize</c>, the rest stays.</param>
    /// <param name="sin">Likewise.</param>
    /// <param name="inverse">Turns back: the gradient of the rotation.</param>
    public static void Apply(Tensor x, long heads, Tensor cos, Tensor sin, bool inverse)
    {
        if (x.dtype == ScalarType.BFloat16)
            Apply<BFloat16Element>(x, heads, cos, sin, inverse);
        else
            Apply<Float32Element>(x, heads, cos, sin, inverse);
    }

    private static void Apply<T>(Tensor x, long heads, Tensor cos, Tensor sin, bool inverse)
        where T : IElement
    {
        var (tokens, width, half) = (x.shape[0], x.shape[1], (nint)cos.shape[1]);
        var headSize = width / heads;
        var (px, pc, ps) = ((nint)TensorMemory.Address(x), (nint)TensorMemory.Address(cos), (nint)TensorMemory.Address(sin));
        var sign = inverse ? -1f : 1f;
        KernelThreads.For(tokens, width, (_, from, to) =>
        {
            for (var token = from; token < to; token++)
            {
                var c = (float*)pc + token * half;
                var s = (float*)ps + token * half;
                for (long head = 0; head < heads; head++)
                    Turn<T>((void*)(px + (token * width + head * headSize) * T.Size), c, s, sign, half);
            }
        });
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Turn<T>(void* x, float* cos, float* sin, float sign, nint half)
        where T : IElement
    {
        var signs = Vector512.Create(sign);
        nint i = 0;
        for (; i <= half - 16; i += 16)
        {
            var (a, b) = (T.Load(x, i), T.Load(x, i + half));
            var (c, s) = (Vector512.Load(cos + i), Vector512.Load(sin + i) * signs);
            T.Store(x, i, a * c - b * s);
            T.Store(x, i + half, b * c + a * s);
        }

        for (; i < half; i++)
        {
            var (a, b, c, s) = (T.Get(x, i), T.Get(x, i + half), cos[i], sin[i] * sign);
            T.Set(x, i, a * c - b * s);
            T.Set(x, i + half, b * c + a * s);
        }
    }
}
