using System.Numerics;

namespace FineTune.Storage.PyTorch;

/// <summary>A value of a pickle: data of Python, without any code.</summary>
internal abstract record PickleValue
{
    public sealed record None : PickleValue;

    public sealed record Boolean(bool Value) : PickleValue;

    public sealed record Integer(BigInteger Value) : PickleValue;

    public sealed record Float(double Value) : PickleValue;

    public sealed record Complex(double Real, double Imaginary) : PickleValue;

    public sealed record Text(string Value) : PickleValue;

    public sealed record Bytes(byte[] Value) : PickleValue;

    public sealed record List(List<PickleValue> Items) : PickleValue;

    public sealed record Tuple(IReadOnlyList<PickleValue> Items) : PickleValue;

    public sealed record Set(List<PickleValue> Items) : PickleValue;

    /// <summary>A dictionary; an ordered one may have attributes, as the state of a module has.</summary>
    public sealed record Dictionary(List<KeyValuePair<PickleValue, PickleValue>> Items, bool IsOrdered) : PickleValue
    {
        public PickleValue? Attributes { get; set; }
    }

    /// <summary><c>torch.Size</c>.</summary>
    public sealed record Size(IReadOnlyList<long> Values) : PickleValue;

    /// <summary><c>torch.device</c>.</summary>
    public sealed record Device(string Name) : PickleValue;

    /// <summary><c>torch.dtype</c>.</summary>
    public sealed record Dtype(PyTorchDtype Type) : PickleValue;

    /// <summary>A class or function by its name, before it is used: one of the allowed ones.</summary>
    public sealed record Global(string Module, string Name) : PickleValue;

    /// <summary>A storage.</summary>
    public sealed record Storage(PyTorchStorage Memory) : PickleValue;

    /// <summary>A tensor: a view of a storage, checked to lie within it.</summary>
    public sealed record Tensor(PyTorchStorage Memory, PyTorchDtype Type, long Offset, long[] Shape, long[] Stride, bool RequiresGrad, bool IsParameter) : PickleValue;
}
