using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FineTune.Tensors;

/// <summary>
/// e to the power of 16 floats, within 2 units in the last place: e^x = 2^n · e^r with n the nearest integer of x / ln 2, and a
/// polynomial for e^r, |r| ≤ ln 2 / 2 (Cephes' expf). For exponents below −87, −∞ among them, the result is 0.
/// </summary>
internal static class Exponential
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Of(Vector512<float> x)
    {
        var tiny = Vector512.LessThan(x, Vector512.Create(-87f));
        // Of a NaN and a number the native minimum is its second operand: a NaN stays one.
        x = Vector512.MinNative(Vector512.Create(88.3f), Vector512.ConditionalSelect(tiny, Vector512<float>.Zero, x));
        // Adding 1.5 · 2^23 rounds to an integer, which then stands in the lowest bits.
        var magic = Vector512.Create(12582912f);
        var shifted = Vector512.FusedMultiplyAdd(x, Vector512.Create(1.44269504f), magic);
        var n = shifted - magic;
        var r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-0.693359375f), x);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(2.12194440e-4f), r);
        var p = Vector512.FusedMultiplyAdd(Vector512.Create(1.9875691500e-4f), r, Vector512.Create(1.3981999507e-3f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(8.3334519073e-3f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(4.1665795894e-2f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.6666665459e-1f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(5.0000001201e-1f));
        p = Vector512.FusedMultiplyAdd(p, r * r, r + Vector512<float>.One);
        var power = (shifted.AsInt32() << 23).AsSingle();
        var result = (p.AsInt32() + power.AsInt32()).AsSingle();
        return Vector512.ConditionalSelect(tiny, Vector512<float>.Zero, result);
    }
}
