using FineTune.Tensors;
using static TorchSharp.torch;

namespace FineTune.Storage;

/// <summary>Reads tensors of one safetensors file, each straight into its own memory, so that no second copy ever exists.</summary>
internal sealed class SafetensorsReader : IDisposable
{
    private readonly FileStream _file;

    private SafetensorsReader(
        FileStream file, IReadOnlyDictionary<string, SafetensorsEntry> entries, IReadOnlyDictionary<string, string>? metadata)
    {
        _file = file;
        Entries = entries;
        Metadata = metadata;
    }

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, SafetensorsEntry> Entries { get; }

    /// <summary>The file's metadata, or null.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; }

    /// <summary>Opens a file and checks its header against its size.</summary>
    /// <exception cref="FineTuneException">The file is missing (FT5100) or broken (FT5101).</exception>
    public static SafetensorsReader Open(string path)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FineTuneException("FT5100", $"The file cannot be read: {exception.Message}", path, exception);
        }

        try
        {
            var (entries, metadata) = SafetensorsHeader.Read(file, path);
            return new SafetensorsReader(file, entries, metadata);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads one tensor as it is stored.</summary>
    public Tensor Read(string name)
    {
        var entry = Entries[name];
        var scalar = entry.Dtype.Scalar
            ?? throw new FineTuneException("FT5102", $"Tensor '{name}' has the type {entry.Dtype.Name}, which cannot be computed with.", _file.Name);
        var tensor = empty(entry.Shape, dtype: scalar);
        TensorMemory.Fill(tensor, _file.SafeFileHandle, entry.Begin, entry.Length);
        return tensor;
    }

    /// <summary>Reads the stored bytes of one tensor of any type.</summary>
    public byte[] ReadBytes(string name)
    {
        var entry = Entries[name];
        var bytes = new byte[entry.Length];
        _file.Position = entry.Begin;
        _file.ReadExactly(bytes);
        return bytes;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
