using static TorchSharp.torch;

namespace FineTune.Storage;

/// <content>Which of them tensors have. Apart from the names, as build tasks read headers without TorchSharp.</content>
internal sealed partial record SafetensorsDtype
{
    private static readonly Dictionary<string, ScalarType> Scalars = new()
    {
        ["BOOL"] = ScalarType.Bool,
        ["U8"] = ScalarType.Byte,
        ["I8"] = ScalarType.Int8,
        ["I16"] = ScalarType.Int16,
        ["F16"] = ScalarType.Float16,
        ["BF16"] = ScalarType.BFloat16,
        ["I32"] = ScalarType.Int32,
        ["F32"] = ScalarType.Float32,
        ["C64"] = ScalarType.ComplexFloat32,
        ["F64"] = ScalarType.Float64,
        ["I64"] = ScalarType.Int64,
    };

    public ScalarType? Scalar => Scalars.TryGetValue(Name, out var scalar) ? scalar : null;

    public static SafetensorsDtype For(ScalarType scalar) =>
        All.FirstOrDefault(dtype => dtype.Scalar == scalar)
        ?? throw new ArgumentException($"Tensors of type {scalar} cannot be stored in safetensors.", nameof(scalar));
}
