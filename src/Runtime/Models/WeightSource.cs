using System.Text.Json;
using FineTune.Storage;
using static TorchSharp.torch;

namespace FineTune.Models;

/// <summary>The tensors of a model folder: one safetensors file, or shards with an index.</summary>
internal sealed class WeightSource : IDisposable
{
    private const string SingleFile = "model.safetensors";
    private const string IndexFile = "model.safetensors.index.json";

    private readonly List<SafetensorsReader> _files;
    private readonly Dictionary<string, SafetensorsReader> _tensors;

    private WeightSource(string folder, List<SafetensorsReader> files)
    {
        Folder = folder;
        _files = files;
        _tensors = files.SelectMany(file => file.Entries.Keys.Select(name => (name, file))).ToDictionary(pair => pair.name, pair => pair.file);
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>The tensors' names.</summary>
    public IEnumerable<string> Names => _tensors.Keys;

    /// <summary>Opens the weights of a folder.</summary>
    /// <exception cref="FineTuneException">FT5113: there are none, or the index does not fit the shards. FT5100, FT5101: a file is broken.</exception>
    public static WeightSource Open(string folder)
    {
        var single = Path.Combine(folder, SingleFile);
        if (File.Exists(single))
            return new WeightSource(folder, [SafetensorsReader.Open(single)]);
        var index = Path.Combine(folder, IndexFile);
        if (File.Exists(index))
            return OpenShards(folder, index);
        throw new FineTuneException("FT5113", $"The folder has no weights: neither {SingleFile} nor {IndexFile} is there.", folder);
    }

    /// <summary>Whether a tensor is there.</summary>
    public bool Has(string name) => _tensors.ContainsKey(name);

    /// <summary>A tensor's shape.</summary>
    public long[] Shape(string name) => _tensors[name].Entries[name].Shape;

    /// <summary>Reads a tensor as it is stored.</summary>
    public Tensor Read(string name) => _tensors[name].Read(name);

    /// <inheritdoc/>
    public void Dispose() => _files.ForEach(file => file.Dispose());

    private static WeightSource OpenShards(string folder, string index)
    {
        var files = new List<SafetensorsReader>();
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(index));
            var map = document.RootElement.GetProperty("weight_map").EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetString()!);
            foreach (var name in map.Values.Distinct().Order(StringComparer.Ordinal))
            {
                // A shard's name comes from a file: it must not lead out of the folder.
                if (name != Path.GetFileName(name))
                    throw new FineTuneException("FT5113", $"The index names the shard '{name}', which is not a file of the folder.", index);
                files.Add(SafetensorsReader.Open(Path.Combine(folder, name)));
            }

            var present = files.SelectMany(file => file.Entries.Keys).ToHashSet();
            if (map.Keys.FirstOrDefault(name => !present.Contains(name)) is { } missing)
                throw new FineTuneException("FT5113", $"The index lists tensor '{missing}', but the shards do not have it.", index);
            return new WeightSource(folder, files);
        }
        catch (Exception exception)
        {
            files.ForEach(file => file.Dispose());
            if (exception is JsonException or KeyNotFoundException or InvalidOperationException or IOException)
                throw new FineTuneException("FT5113", $"The index of the shards cannot be read: {exception.Message}", index, exception);
            throw;
        }
    }
}
