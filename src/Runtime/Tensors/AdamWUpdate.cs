using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace FineTune.Tensors;

/// <summary>One step of AdamW (Loshchilov and Hutter 2019) on one tensor, in one pass over its memory.</summary>
internal static unsafe class AdamWUpdate
{
    /// <summary>
    /// <c>p ← p(1 − ηλ)</c>; <c>m ← β₁m + (1 − β₁)g</c>; <c>v ← β₂v + (1 − β₂)g²</c>;
    /// <c>p ← p − η/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + ε)</c>, and the gradient becomes 0.
    /// </summary>
    /// <param name="parameter">p, fp32.</param>
    /// <param name="gradient">g, fp32; cleared.</param>
    /// <param name="gradientScale">Multiplies g: the factor of clipping.</param>
    /// <param name="first">m, fp32.</param>
    /// <param name="second">v, fp32.</param>
    /// <param name="step">t, from 1.</param>
    /// <param name="learningRate">η.</param>
    /// <param name="beta1">β₁.</param>
    /// <param name="beta2">β₂.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="weightDecay">λ.</param>
    public static void Apply(
        Tensor parameter, Tensor gradient, double gradientScale, Tensor first, Tensor second, long step,
        double learningRate, double beta1, double beta2, double epsilon, double weightDecay)
    {
        var (pp, pg, pm, pv) = ((nint)TensorMemory.Address(parameter), (nint)TensorMemory.Address(gradient),
            (nint)TensorMemory.Address(first), (nint)TensorMemory.Address(second));
        var decay = (float)(1 - learningRate * weightDecay);
        var rate = (float)(learningRate / (1 - Math.Pow(beta1, step)));
        var root = (float)(1 / Math.Sqrt(1 - Math.Pow(beta2, step)));
        var (b1, b2, c1, c2, eps, scale) = ((float)beta1, (float)beta2, (float)(1 - beta1), (float)(1 - beta2), (float)epsilon, (float)gradientScale);
        KernelThreads.For(parameter.numel(), 4, (_, from, to) =>
        {
            var p = (float*)pp;
            var g = (float*)pg;
            var m = (float*)pm;
            var v = (float*)pv;
            var i = (nint)from;
            for (; i <= (nint)to - 16; i += 16)
            {
                var grad = Vector512.Load(g + i) * scale;
                var m1 = Vector512.Load(m + i) * b1 + grad * c1;
                var v1 = Vector512.Load(v + i) * b2 + grad * grad * c2;
                m1.Store(m + i);
                v1.Store(v + i);
                (Vector512.Load(p + i) * decay - m1 * rate / (Vector512.Sqrt(v1) * root + Vector512.Create(eps))).Store(p + i);
                Vector512<float>.Zero.Store(g + i);
            }

            for (; i < (nint)to; i++)
            {
                var grad = g[i] * scale;
                m[i] = m[i] * b1 + grad * c1;
                v[i] = v[i] * b2 + grad * grad * c2;
                p[i] = p[i] * decay - m[i] * rate / (MathF.Sqrt(v[i]) * root + eps);
                g[i] = 0;
            }
        });
    }

    /// <summary>The sum of the squares of a tensor's elements, in double precision and in a fixed order.</summary>
    public static double SumOfSquares(Tensor tensor)
    {
        var pointer = (nint)TensorMemory.Address(tensor);
        var partial = new double[KernelThreads.Parts(tensor.numel(), 1)];
        KernelThreads.For(tensor.numel(), 1, (part, from, to) =>
        {
            var x = (float*)pointer;
            var (low, high) = (Vector512<double>.Zero, Vector512<double>.Zero);
            var i = (nint)from;
            for (; i <= (nint)to - 16; i += 16)
            {
                var (a, b) = Vector512.Widen(Vector512.Load(x + i));
                low += a * a;
                high += b * b;
            }

            var sum = Vector512.Sum(low + high);
            for (; i < (nint)to; i++)
                sum += (double)x[i] * x[i];
            partial[part] = sum;
        });
        return partial.Sum();
    }
}
