using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace FineTune.Tensors;

/// <summary>The gated unit of Llama's feed-forward block (Shazeer 2020): <c>h = gate · σ(gate) · up</c>, in fp32.</summary>
internal static unsafe class SwiGlu
{
    /// <summary>Computes h of the shape and type of <paramref name="gate"/>.</summary>
    /// <param name="gate">[rows, features], fp32 or bf16.</param>
    /// <param name="up">Likewise.</param>
    public static Tensor Forward(Tensor gate, Tensor up)
    {
        var h = StepMemory.EmptyLike(gate);
        if (gate.dtype == ScalarType.BFloat16)
            Forward<BFloat16Element>(gate, up, h);
        else
            Forward<Float32Element>(gate, up, h);
        return h;
    }

    /// <summary>
    /// Overwrites <paramref name="gate"/> and <paramref name="up"/> with their gradients and <paramref name="gradH"/> with h,
    /// so that the backward pass needs no memory of its own: <c>dup = g·s·gate</c>, <c>dgate = g·up·s·(1 + gate·(1 − s))</c>, s = σ(gate).
    /// </summary>
    public static void BackwardInPlace(Tensor gradH, Tensor gate, Tensor up)
    {
        if (gate.dtype == ScalarType.BFloat16)
            Backward<BFloat16Element>(gradH, gate, up);
        else
            Backward<Float32Element>(gradH, gate, up);
    }

    /// <summary>The same by plain operations with automatic gradients, for tests and as documentation.</summary>
    public static Tensor Reference(Tensor gate, Tensor up) => nn.functional.silu(gate) * up;

    private static void Forward<T>(Tensor gate, Tensor up, Tensor h)
        where T : IElement
    {
        var (pg, pu, ph) = ((nint)TensorMemory.Address(gate), (nint)TensorMemory.Address(up), (nint)TensorMemory.Address(h));
        KernelThreads.For(gate.numel(), 4, (_, from, to) =>
        {
            var g = (void*)pg;
            var u = (void*)pu;
            var target = (void*)ph;
            var i = (nint)from;
            for (; i <= (nint)to - 16; i += 16)
            {
                var x = T.Load(g, i);
                T.Store(target, i, x * Sigmoid(x) * T.Load(u, i));
            }

            for (; i < (nint)to; i++)
                T.Set(target, i, T.Get(g, i) * Sigmoid(T.Get(g, i)) * T.Get(u, i));
        });
    }

    private static void Backward<T>(Tensor gradH, Tensor gate, Tensor up)
        where T : IElement
    {
        var (pd, pg, pu) = ((nint)TensorMemory.Address(gradH), (nint)TensorMemory.Address(gate), (nint)TensorMemory.Address(up));
        KernelThreads.For(gate.numel(), 4, (_, from, to) =>
        {
            var d = (void*)pd;
            var g = (void*)pg;
            var u = (void*)pu;
            var i = (nint)from;
            for (; i <= (nint)to - 16; i += 16)
            {
                var (grad, x, y) = (T.Load(d, i), T.Load(g, i), T.Load(u, i));
                var s = Sigmoid(x);
                var activated = x * s;
                T.Store(d, i, activated * y);
                T.Store(u, i, grad * activated);
                T.Store(g, i, grad * y * s * (Vector512<float>.One + x - activated));
            }

            for (; i < (nint)to; i++)
            {
                var (grad, x, y) = (T.Get(d, i), T.Get(g, i), T.Get(u, i));
                var s = Sigmoid(x);
                T.Set(d, i, x * s * y);
                T.Set(u, i, grad * x * s);
                T.Set(g, i, grad * y * s * (1 + x - x * s));
            }
        });
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Sigmoid(Vector512<float> x) => Vector512<float>.One / (Vector512<float>.One + Exponential.Of(-x));

    private static float Sigmoid(float x) => 1 / (1 + MathF.Exp(-x));
}
