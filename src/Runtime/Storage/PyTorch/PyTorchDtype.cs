using static TorchSharp.torch;

namespace FineTune.Storage.PyTorch;

/// <summary>An element type of PyTorch.</summary>
/// <param name="Name">Its name, such as <c>bfloat16</c>.</param>
/// <param name="StorageClass">The class of its typed storages, or null.</param>
/// <param name="Bytes">Bytes of an element.</param>
/// <param name="Word">Bytes that change places between byte orders.</param>
/// <param name="Scalar">TorchSharp's type, or null if it has none.</param>
internal sealed record PyTorchDtype(string Name, string? StorageClass, int Bytes, int Word, ScalarType? Scalar)
{
    private static readonly PyTorchDtype[] All =
    [
        new("float32", "FloatStorage", 4, 4, ScalarType.Float32),
        new("float64", "DoubleStorage", 8, 8, ScalarType.Float64),
        new("float16", "HalfStorage", 2, 2, ScalarType.Float16),
        new("bfloat16", "BFloat16Storage", 2, 2, ScalarType.BFloat16),
        new("int64", "LongStorage", 8, 8, ScalarType.Int64),
        new("int32", "IntStorage", 4, 4, ScalarType.Int32),
        new("int16", "ShortStorage", 2, 2, ScalarType.Int16),
        new("int8", "CharStorage", 1, 1, ScalarType.Int8),
        new("uint8", "ByteStorage", 1, 1, ScalarType.Byte),
        new("bool", "BoolStorage", 1, 1, ScalarType.Bool),
        new("complex64", "ComplexFloatStorage", 8, 4, null),
        new("complex128", "ComplexDoubleStorage", 16, 8, null),
        new("float8_e4m3fn", null, 1, 1, null),
        new("float8_e5m2", null, 1, 1, null),
        new("float8_e4m3fnuz", null, 1, 1, null),
        new("float8_e5m2fnuz", null, 1, 1, null),
        new("uint16", null, 2, 2, null),
        new("uint32", null, 4, 4, null),
        new("uint64", null, 8, 8, null),
    ];

    /// <summary>The type with a name.</summary>
    public static PyTorchDtype? Named(string name) => Array.Find(All, dtype => dtype.Name == name);

    /// <summary>The type of a class of storages.</summary>
    public static PyTorchDtype? OfStorage(string name) => Array.Find(All, dtype => dtype.StorageClass == name);
}
