using FineTune.Storage;
using static TorchSharp.torch;

namespace FineTune.Models;

/// <summary>Weights in a safetensors file.</summary>
internal sealed class SafetensorsWeights(string path) : IWeightFile
{
    private readonly SafetensorsReader _reader = SafetensorsReader.Open(path);

    public IEnumerable<string> Names => _reader.Entries.Keys;

    public long[] Shape(string name) => _reader.Entries[name].Shape;

    public Tensor Read(string name) => _reader.Read(name);

    public void Dispose() => _reader.Dispose();
}
