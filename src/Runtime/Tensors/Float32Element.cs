using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FineTune.Tensors;

/// <summary>32-bit floats.</summary>
internal readonly unsafe struct Float32Element : IElement
{
    public static int Size => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(void* data, nint i) => Vector512.Load((float*)data + i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(void* data, nint i, Vector512<float> value) => value.Store((float*)data + i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Get(void* data, nint i) => ((float*)data)[i];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Set(void* data, nint i, float value) => ((float*)data)[i] = value;
}
