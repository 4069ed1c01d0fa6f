using System.Runtime.Intrinsics;

namespace FineTune.Tensors;

/// <summary>
/// How vector code reads and writes one element type; arithmetic is always in fp32. Implementations are empty structs, so
/// that the JIT compiles each kernel once a type, without calls.
/// </summary>
internal unsafe interface IElement
{
    /// <summary>Bytes of an element.</summary>
    static abstract int Size { get; }

    /// <summary>Reads 16 elements from index <paramref name="i"/> on.</summary>
    static abstract Vector512<float> Load(void* data, nint i);

    /// <summary>Writes 16 elements, rounded to nearest even.</summary>
    static abstract void Store(void* data, nint i, Vector512<float> value);

    /// <summary>Reads one element.</summary>
    static abstract float Get(void* data, nint i);

    /// <summary>Writes one element.</summary>
    static abstract void Set(void* data, nint i, float value);
}
