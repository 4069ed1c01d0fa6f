using FineTune.Tensors;
using static TorchSharp.torch;

namespace FineTune.Models;

/// <summary>Cosine and sine of every position's angles, for one batch.</summary>
internal sealed class RotaryTable : IDisposable
{
    private RotaryTable(Tensor cos, Tensor sin)
    {
        (Cos, Sin) = (cos.DetachFromDisposeScope(), sin.DetachFromDisposeScope());
    }

    /// <summary>[tokens, half] fp32.</summary>
    public Tensor Cos { get; }

    /// <summary>[tokens, half] fp32.</summary>
    public Tensor Sin { get; }

    public static unsafe RotaryTable Of(RopeConfig rope, ReadOnlySpan<int> positions)
    {
        var longest = 0;
        foreach (var position in positions)
            longest = Math.Max(longest, position + 1);
        var frequencies = rope.Frequencies(longest);
        var half = frequencies.Length;
        var (cos, sin) = (empty(positions.Length, half), empty(positions.Length, half));
        var c = (float*)TensorMemory.Address(cos);
        var s = (float*)TensorMemory.Address(sin);
        for (var token = 0; token < positions.Length; token++)
        {
            for (var i = 0; i < half; i++)
            {
                // The reference multiplies position and frequency in fp32; its angle is ours.
                var (sine, cosine) = Math.SinCos(positions[token] * (float)frequencies[i]);
                *c++ = (float)(cosine * rope.AttentionFactor);
                *s++ = (float)(sine * rope.AttentionFactor);
            }
        }

        return new RotaryTable(cos, sin);
    }

    public void Dispose()
    {
        Cos.Dispose();
        Sin.Dispose();
    }
}
