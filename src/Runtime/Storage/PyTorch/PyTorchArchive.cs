using System.Numerics;
using FineTune.Tensors;
using static TorchSharp.torch;

namespace FineTune.Storage.PyTorch;

/// <summary>
/// A file of <c>torch.save</c>, zip or the older layout. Nothing in it is executed: a pickle may describe data, and what it may name
/// is on a list.
/// </summary>
internal sealed class PyTorchArchive : IDisposable
{
    // The numbers that the older layout begins with.
    private static readonly BigInteger LegacyMagic = BigInteger.Parse("119547037146038801333356", System.Globalization.CultureInfo.InvariantCulture);
    private const int LegacyProtocol = 1001;
    private const long LongestPickle = 1 << 28;

    private readonly FileStream _file;
    private readonly Dictionary<string, (long Begin, long Length)> _storages = [];
    private bool _bigEndian;

    private PyTorchArchive(FileStream file)
    {
        _file = file;
        Content = new PickleValue.None();
    }

    /// <summary>What was saved.</summary>
    public PickleValue Content { get; private set; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="FineTuneException">FT5100: it is missing. FT5220: it is broken, or does more than describe data.</exception>
    public static PyTorchArchive Open(string path)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FineTuneException("FT5100", $"The file cannot be read: {exception.Message}", path, exception);
        }

        var archive = new PyTorchArchive(file);
        try
        {
            Span<byte> start = stackalloc byte[4];
            var isZip = file.ReadAtLeast(start, 4, throwOnEndOfStream: false) == 4 && start.SequenceEqual("PK\u0003\u0004"u8);
            file.Position = 0;
            if (isZip)
                archive.ReadZip();
            else
                archive.ReadLegacy();
            return archive;
        }
        catch (Exception exception)
        {
            file.Dispose();
            if (exception is EndOfStreamException or OverflowException)
                throw PyTorchErrors.Broken(path, "it ends too early.");
            throw;
        }
    }

    /// <summary>Reads a tensor.</summary>
    /// <exception cref="FineTuneException">FT5102: it has a type that cannot be computed with.</exception>
    public Tensor Read(PickleValue.Tensor tensor, string name)
    {
        var scalar = tensor.Type.Scalar
            ?? throw new FineTuneException("FT5102", $"Tensor '{name}' has the type {tensor.Type.Name}, which cannot be computed with.", _file.Name);
        var result = empty(tensor.Shape, dtype: scalar);
        if (IsContiguous(tensor) && !_bigEndian)
        {
            TensorMemory.Fill(result, _file.SafeFileHandle, _storages[tensor.Memory.Key].Begin + tensor.Offset * tensor.Type.Bytes, TensorMemory.ByteCount(result));
            return result;
        }

        unsafe
        {
            var bytes = ReadBytes(tensor);
            if (bytes.Length > 0)
                bytes.CopyTo(new Span<byte>(TensorMemory.Address(result), bytes.Length));
        }

        return result;
    }

    /// <summary>The values of a tensor in their order, little-endian.</summary>
    public byte[] ReadBytes(PickleValue.Tensor tensor)
    {
        var count = tensor.Shape.Aggregate(1L, (product, size) => checked(product * size));
        var size = tensor.Type.Bytes;
        var result = new byte[checked(count * size)];
        if (count == 0)
            return result;
        // The part of the storage that the view reaches.
        var last = tensor.Shape.Zip(tensor.Stride, (length, stride) => (length - 1) * stride).Sum();
        var part = new byte[checked((last + 1) * size)];
        _file.Position = _storages[tensor.Memory.Key].Begin + tensor.Offset * size;
        _file.ReadExactly(part);
        var index = new long[tensor.Shape.Length];
        for (long i = 0; i < count; i++)
        {
            long from = 0;
            for (var d = 0; d < index.Length; d++)
                from += index[d] * tensor.Stride[d];
            part.AsSpan((int)(from * size), size).CopyTo(result.AsSpan((int)(i * size)));
            for (var d = index.Length - 1; d >= 0 && ++index[d] == tensor.Shape[d]; d--)
                index[d] = 0;
        }

        if (_bigEndian)
        {
            for (var at = 0; at < result.Length; at += tensor.Type.Word)
                result.AsSpan(at, tensor.Type.Word).Reverse();
        }

        return result;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static bool IsContiguous(PickleValue.Tensor tensor)
    {
        long expected = 1;
        for (var d = tensor.Shape.Length - 1; d >= 0; d--)
        {
            if (tensor.Shape[d] != 1 && tensor.Stride[d] != expected)
                return false;
            expected *= tensor.Shape[d];
        }

        return true;
    }

    private void ReadZip()
    {
        var entries = ZipDirectory.Read(_file);
        var pickle = entries.Keys.FirstOrDefault(name => name.EndsWith("/data.pkl", StringComparison.Ordinal) && name.IndexOf('/', StringComparison.Ordinal) == name.Length - 9)
            ?? throw PyTorchErrors.Broken(_file.Name, "it has no data.pkl, so that it is no file of torch.save (TorchScript is not read).");
        var root = pickle[..^8];
        if (entries.TryGetValue(root + "byteorder", out var order))
            _bigEndian = System.Text.Encoding.ASCII.GetString(Part(order, 16)) == "big";
        Content = PickleMachine.Read(new PickleInput(new MemoryStream(Part(entries[pickle], LongestPickle)), _file.Name));
        foreach (var storage in Storages(Content))
        {
            if (!entries.TryGetValue($"{root}data/{storage.Key}", out var part))
                throw PyTorchErrors.Broken(_file.Name, $"the storage '{storage.Key}' is not in it.");
            Place(storage, part);
        }
    }

    private byte[] Part((long Begin, long Length) part, long longest)
    {
        if (part.Length > longest)
            throw PyTorchErrors.Broken(_file.Name, "a part of it is longer than any checkpoint's.");
        var bytes = new byte[part.Length];
        _file.Position = part.Begin;
        _file.ReadExactly(bytes);
        return bytes;
    }

    // Pickles behind each other: a magic number, a version, the machine, the content, the keys of the storages; then each of those.
    private void ReadLegacy()
    {
        var input = new PickleInput(_file, _file.Name);
        if (PickleMachine.Read(input) is not PickleValue.Integer magic || magic.Value != LegacyMagic
            || PickleMachine.Read(input) is not PickleValue.Integer version || version.Value != LegacyProtocol)
            throw PyTorchErrors.Broken(_file.Name, "it is no file of torch.save.");
        if (PickleMachine.Read(input) is PickleValue.Dictionary machine)
            _bigEndian = machine.Items.Exists(entry => entry is { Key: PickleValue.Text { Value: "little_endian" }, Value: PickleValue.Boolean { Value: false } });
        Content = PickleMachine.Read(input);
        var keys = PickleMachine.Read(input) as PickleValue.List ?? throw PyTorchErrors.Broken(_file.Name, "it names no storages.");
        var known = Storages(Content).GroupBy(storage => storage.Key).ToDictionary(group => group.Key, group => group.First());
        foreach (var key in keys.Items.Select(item => (item as PickleValue.Text)?.Value ?? ""))
        {
            if (!known.TryGetValue(key, out var storage))
                throw PyTorchErrors.Broken(_file.Name, $"the storage '{key}' belongs to nothing.");
            if (input.Number(8) != storage.Elements)
                throw PyTorchErrors.Broken(_file.Name, $"the storage '{key}' has another length than its tensors expect.");
            var begin = _file.Position;
            if (storage.Bytes > _file.Length - begin)
                throw PyTorchErrors.Broken(_file.Name, "it ends too early.");
            Place(storage, (begin, storage.Bytes));
            _file.Position = begin + storage.Bytes;
        }

        if (known.Keys.FirstOrDefault(key => !_storages.ContainsKey(key)) is { } missing)
            throw PyTorchErrors.Broken(_file.Name, $"the storage '{missing}' is not in it.");
    }

    private void Place(PyTorchStorage storage, (long Begin, long Length) part)
    {
        if (part.Length != storage.Bytes)
            throw PyTorchErrors.Broken(_file.Name, $"the storage '{storage.Key}' has another length than its tensors expect.");
        _storages[storage.Key] = part;
    }

    // Values may refer to each other, each is looked at once.
    private static IEnumerable<PyTorchStorage> Storages(PickleValue content)
    {
        var seen = new HashSet<PickleValue>(ReferenceEqualityComparer.Instance);
        var open = new Stack<PickleValue>([content]);
        while (open.TryPop(out var value))
        {
            if (!seen.Add(value))
                continue;
            if (value is PickleValue.Tensor tensor)
                yield return tensor.Memory;
            else if (value is PickleValue.Storage storage)
                yield return storage.Memory;
            IEnumerable<PickleValue> children = value switch
            {
                PickleValue.List list => list.Items,
                PickleValue.Tuple tuple => tuple.Items,
                PickleValue.Set set => set.Items,
                PickleValue.Dictionary dictionary => dictionary.Items.SelectMany(entry => new[] { entry.Key, entry.Value }).Concat(dictionary.Attributes is { } state ? [state] : []),
                _ => [],
            };
            foreach (var child in children)
                open.Push(child);
        }
    }
}
