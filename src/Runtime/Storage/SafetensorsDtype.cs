using static TorchSharp.torch;

namespace FineTune.Storage;

/// <summary>The element types of safetensors files, by the names the format uses.</summary>
internal sealed record SafetensorsDtype(string Name, int Bits, int Rank, ScalarType? Scalar)
{
    // Rank is the order of the reference's enumeration: files are written by rank descending, so that wide types are aligned.
    private static readonly SafetensorsDtype[] All =
    [
        new("BOOL", 8, 0, ScalarType.Bool),
        new("F4", 4, 1, null),
        new("F6_E2M3", 6, 2, null),
        new("F6_E3M2", 6, 3, null),
        new("U8", 8, 4, ScalarType.Byte),
        new("I8", 8, 5, ScalarType.Int8),
        new("F8_E5M2", 8, 6, null),
        new("F8_E4M3", 8, 7, null),
        new("F8_E8M0", 8, 8, null),
        new("F8_E4M3FNUZ", 8, 9, null),
        new("F8_E5M2FNUZ", 8, 10, null),
        new("I16", 16, 11, ScalarType.Int16),
        new("U16", 16, 12, null),
        new("F16", 16, 13, ScalarType.Float16),
        new("BF16", 16, 14, ScalarType.BFloat16),
        new("I32", 32, 15, ScalarType.Int32),
        new("U32", 32, 16, null),
        new("F32", 32, 17, ScalarType.Float32),
        new("C64", 64, 18, ScalarType.ComplexFloat32),
        new("F64", 64, 19, ScalarType.Float64),
        new("I64", 64, 20, ScalarType.Int64),
        new("U64", 64, 21, null),
    ];

    private static readonly Dictionary<string, SafetensorsDtype> ByName = All.ToDictionary(dtype => dtype.Name);

    public static SafetensorsDtype? Find(string name) => ByName.GetValueOrDefault(name);

    public static SafetensorsDtype For(ScalarType scalar) =>
        All.FirstOrDefault(dtype => dtype.Scalar == scalar)
        ?? throw new ArgumentException($"Tensors of type {scalar} cannot be stored in safetensors.", nameof(scalar));
}
