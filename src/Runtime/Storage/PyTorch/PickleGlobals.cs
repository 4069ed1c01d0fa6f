using System.Numerics;
using System.Text;

namespace FineTune.Storage.PyTorch;

/// <summary>The classes and functions that a checkpoint may name, and what calling them gives: data, never a call.</summary>
internal sealed class PickleGlobals(string path)
{
    private static readonly HashSet<string> Callable =
    [
        "collections.OrderedDict", "torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_tensor_v3", "torch._utils._rebuild_parameter", "torch.Size",
        "torch.device", "_codecs.encode", "builtins.set", "__builtin__.set", "builtins.complex", "__builtin__.complex", "builtins.bytearray",
    ];

    /// <summary>A name of the pickle.</summary>
    /// <exception cref="FineTuneException">FT5220: it is not among the allowed ones.</exception>
    public PickleValue Find(string module, string name)
    {
        if (module == "torch" && PyTorchDtype.Named(name) is { } dtype)
            return new PickleValue.Dtype(dtype);
        var isStorage = (module == "torch" && PyTorchDtype.OfStorage(name) is not null) || (module is "torch" or "torch.storage" && name == "UntypedStorage");
        return isStorage || Callable.Contains($"{module}.{name}")
            ? new PickleValue.Global(module, name)
            : throw PyTorchErrors.Broken(path, $"it names '{module}.{name}', which is no part of a checkpoint of weights; nothing of it is run.");
    }

    /// <summary>What a call gives.</summary>
    public PickleValue Call(PickleValue function, IReadOnlyList<PickleValue> arguments) => function switch
    {
        PickleValue.Global { Name: "OrderedDict" } => OrderedDictionary(arguments),
        PickleValue.Global { Name: "_rebuild_tensor_v2" } when arguments.Count >= 6 => Tensor(arguments, dtype: null),
        PickleValue.Global { Name: "_rebuild_tensor_v3" } when arguments.Count >= 7 && arguments[6] is PickleValue.Dtype type => Tensor(arguments, type.Type),
        PickleValue.Global { Name: "_rebuild_parameter" } when arguments is [PickleValue.Tensor tensor, PickleValue.Boolean requires, ..] =>
            tensor with { IsParameter = true, RequiresGrad = requires.Value },
        PickleValue.Global { Name: "Size" } when arguments is [PickleValue.Tuple sizes] => new PickleValue.Size(Numbers(sizes)),
        PickleValue.Global { Name: "device" } when arguments is [PickleValue.Text kind, ..] =>
            new PickleValue.Device(arguments.Count > 1 && arguments[1] is PickleValue.Integer index ? $"{kind.Value}:{index.Value}" : kind.Value),
        PickleValue.Global { Name: "set" } when arguments is [PickleValue.List items] => new PickleValue.Set(items.Items),
        PickleValue.Global { Name: "complex" } when arguments is [PickleValue.Float real, PickleValue.Float imaginary] =>
            new PickleValue.Complex(real.Value, imaginary.Value),
        PickleValue.Global { Module: "_codecs" } when arguments is [PickleValue.Text text, PickleValue.Text { Value: "latin1" }] && text.Value.All(c => c < 256) =>
            new PickleValue.Bytes(Encoding.Latin1.GetBytes(text.Value)),
        _ => throw PyTorchErrors.Broken(path, "it calls something with arguments that make no sense."),
    };

    /// <summary>The storage that a persistent id names.</summary>
    public PickleValue.Storage Storage(PickleValue id)
    {
        if (id is PickleValue.Tuple { Items: [PickleValue.Text { Value: "storage" }, PickleValue.Global kind, PickleValue.Text key, PickleValue.Text, PickleValue.Integer count, ..] }
            && count.Value >= 0 && count.Value <= long.MaxValue / 16)
            return new PickleValue.Storage(new PyTorchStorage(key.Value, PyTorchDtype.OfStorage(kind.Name), (long)count.Value));
        throw PyTorchErrors.Broken(path, "it refers to something outside that is no storage.");
    }

    private PickleValue.Dictionary OrderedDictionary(IReadOnlyList<PickleValue> arguments)
    {
        var items = new List<KeyValuePair<PickleValue, PickleValue>>();
        if (arguments.Count == 0)
            return new PickleValue.Dictionary(items, IsOrdered: true);
        foreach (var pair in arguments is [PickleValue.List list] ? list.Items : throw PyTorchErrors.Broken(path, "an ordered dictionary is made of no list."))
        {
            IReadOnlyList<PickleValue> both = pair is PickleValue.List inner ? inner.Items : pair is PickleValue.Tuple tuple ? tuple.Items : [];
            if (both.Count != 2)
                throw PyTorchErrors.Broken(path, "an ordered dictionary has an entry that is no pair.");
            items.Add(KeyValuePair.Create(both[0], both[1]));
        }

        return new PickleValue.Dictionary(items, IsOrdered: true);
    }

    private PickleValue.Tensor Tensor(IReadOnlyList<PickleValue> arguments, PyTorchDtype? dtype)
    {
        if (arguments is not [PickleValue.Storage { Memory: var memory }, PickleValue.Integer offset, PickleValue.Tuple shape, PickleValue.Tuple stride, PickleValue.Boolean requires, ..])
            throw PyTorchErrors.Broken(path, "a tensor is made of what makes none.");
        var type = dtype ?? memory.Dtype ?? throw PyTorchErrors.Broken(path, "a tensor has no type.");
        var (sizes, strides) = (Numbers(shape), Numbers(stride));
        CheckView(memory.Bytes / type.Bytes, offset.Value, sizes, strides);
        return new PickleValue.Tensor(memory, type, (long)offset.Value, sizes, strides, requires.Value, IsParameter: false);
    }

    private void CheckView(long elements, BigInteger offset, long[] sizes, long[] strides)
    {
        if (offset < 0 || sizes.Length != strides.Length || sizes.Any(size => size < 0) || strides.Any(stride => stride < 0))
            throw PyTorchErrors.Broken(path, "a tensor has a negative size, stride or offset.");
        if (sizes.Contains(0))
            return;
        var last = sizes.Zip(strides, (size, stride) => (BigInteger)(size - 1) * stride).Aggregate(offset, (sum, step) => sum + step);
        var count = sizes.Aggregate(BigInteger.One, (product, size) => product * size);
        // No tensor repeats its memory so often that it would be larger than any file.
        if (last >= elements || count > Math.Max(elements, 1) * (BigInteger)1024)
            throw PyTorchErrors.Broken(path, "a tensor reaches beyond its storage.");
    }

    private long[] Numbers(PickleValue.Tuple tuple) => [.. tuple.Items.Select(item => item is PickleValue.Integer { Value: var value } && value >= long.MinValue && value <= long.MaxValue
        ? (long)value
        : throw PyTorchErrors.Broken(path, "a size is no number."))];
}
