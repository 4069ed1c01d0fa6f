using System.Text.Json;
using FineTune.Facts;
using static TorchSharp.torch;

namespace FineTune.Models;

/// <summary>The tensors of a model folder: one file, or shards with an index; safetensors, or else PyTorch archives.</summary>
internal sealed class WeightSource : IDisposable
{
    private static readonly (string File, Func<string, IWeightFile> Open)[] Formats =
    [
        ("model.safetensors", path => new SafetensorsWeights(path)), ("pytorch_model.bin", path => new PyTorchWeights(path)),
    ];

    private readonly List<IWeightFile> _files;
    private readonly Dictionary<string, IWeightFile> _tensors;

    private WeightSource(string folder, List<IWeightFile> files)
    {
        Folder = folder;
        _files = files;
        _tensors = files.SelectMany(file => file.Names.Select(name => (name, file))).ToDictionary(pair => pair.name, pair => pair.file);
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>The tensors' names.</summary>
    public IEnumerable<string> Names => _tensors.Keys;

    /// <summary>Opens the weights of a folder.</summary>
    /// <exception cref="FineTuneException">FT5113: there are none, or the index does not fit the shards. FT5100, FT5101: a file is broken.</exception>
    public static WeightSource Open(string folder)
    {
        foreach (var (file, open) in Formats)
        {
            var single = Path.Combine(folder, file);
            if (File.Exists(single))
                return new WeightSource(folder, [open(single)]);
            if (File.Exists($"{single}.index.json"))
                return OpenShards(folder, $"{single}.index.json", open);
        }

        throw new FineTuneException("FT5113", $"The folder has no weights: neither {string.Join(" nor ", Formats.Select(format => format.File))}, nor an index of parts, is there.", folder);
    }

    /// <summary>Whether a tensor is there.</summary>
    public bool Has(string name) => _tensors.ContainsKey(name);

    /// <summary>A tensor's shape.</summary>
    public long[] Shape(string name) => _tensors[name].Shape(name);

    /// <summary>Reads a tensor as it is stored.</summary>
    public Tensor Read(string name) => _tensors[name].Read(name);

    /// <inheritdoc/>
    public void Dispose() => _files.ForEach(file => file.Dispose());

    private static WeightSource OpenShards(string folder, string index, Func<string, IWeightFile> open)
    {
        var files = new List<IWeightFile>();
        try
        {
            var map = ReadIndex(index);
            foreach (var name in map.Values.Distinct().Order(StringComparer.Ordinal))
            {
                // A shard's name comes from a file: it must not lead out of the folder.
                if (name.Length == 0 || name != Path.GetFileName(name) || name.Contains('\0'))
                    throw new FineTuneException("FT5113", $"The index names the shard '{name}', which is not a file of the folder.", index);
                files.Add(open(Path.Combine(folder, name)));
            }

            var present = files.SelectMany(file => file.Names).ToHashSet();
            if (map.Keys.FirstOrDefault(name => !present.Contains(name)) is { } missing)
                throw new FineTuneException("FT5113", $"The index lists tensor '{missing}', but the shards do not have it.", index);
            if (files.SelectMany(file => file.Names).GroupBy(name => name).FirstOrDefault(group => group.Skip(1).Any()) is { } twice)
                throw new FineTuneException("FT5113", $"Tensor '{twice.Key}' is in two of the shards.", index);
            return new WeightSource(folder, files);
        }
        catch
        {
            files.ForEach(file => file.Dispose());
            throw;
        }
    }

    private static Dictionary<string, string> ReadIndex(string path)
    {
        try
        {
            using var document = FolderJson.Parse(File.ReadAllBytes(path));
            if (document.RootElement.Find("weight_map") is not { ValueKind: JsonValueKind.Object } map)
                throw new FineTuneException("FT5113", "The index of the shards lacks the object 'weight_map'.", path);
            var shards = new Dictionary<string, string>();
            foreach (var entry in map.EnumerateObject())
            {
                shards[entry.Name] = entry.Value.ValueKind == JsonValueKind.String
                    ? entry.Value.GetString()!
                    : throw new FineTuneException("FT5113", $"The index names no shard for tensor '{entry.Name}'.", path);
            }

            return shards;
        }
        catch (JsonException exception)
        {
            throw new FineTuneException("FT5113", $"The index of the shards is not JSON: {FolderJson.Reason(exception)}. Get the file again from where it came.", FolderJson.Place(path, exception), exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FineTuneException("FT5113", $"The index of the shards cannot be read: {exception.Message}", path, exception);
        }
    }
}
