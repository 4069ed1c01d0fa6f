using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FineTune.Tensors;

/// <summary>Brain floats: the upper half of a 32-bit float.</summary>
internal readonly unsafe struct BFloat16Element : IElement
{
    public static int Size => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(void* data, nint i)
    {
        var (lower, upper) = Vector256.Widen(Vector256.Load((ushort*)data + i));
        return (Vector512.Create(lower, upper) << 16).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(void* data, nint i, Vector512<float> value)
    {
        var rounded = Round(value.AsUInt32());
        // A NaN must stay one: rounding its bits up could make it an infinity or a zero.
        rounded = Vector512.ConditionalSelect(Vector512.Equals(value, value).AsUInt32(), rounded, Vector512.Create(0x7FC0u));
        Vector256.Narrow(rounded.GetLower(), rounded.GetUpper()).Store((ushort*)data + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Get(void* data, nint i) => BitConverter.UInt32BitsToSingle((uint)((ushort*)data)[i] << 16);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Set(void* data, nint i, float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        ((ushort*)data)[i] = float.IsNaN(value) ? (ushort)0x7FC0 : (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Round(Vector512<uint> bits) =>
        (bits + Vector512.Create(0x7FFFu) + ((bits >>> 16) & Vector512<uint>.One)) >>> 16;
}
