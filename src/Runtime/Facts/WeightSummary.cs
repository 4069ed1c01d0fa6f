using System.Text.Json;
using FineTune.Storage;

namespace FineTune.Facts;

/// <summary>What the headers of a folder's safetensors files say: names, shapes and types, without a byte of the weights.</summary>
internal static class WeightSummary
{
    /// <summary>More modules than any model's; beyond it, what is told of them is not complete.</summary>
    private const int MostPatterns = 4096;

    /// <summary>Adds what the weights say.</summary>
    /// <exception cref="FineTuneException">FT5100, FT5101: a file is broken. FT5113: the index of the shards is.</exception>
    public static ModelFacts Read(string folder, ModelFacts facts)
    {
        var files = Files(folder, out var missing);
        if (files.Count == 0)
            return facts with { MissingShards = new(missing) };
        var entries = files.SelectMany(ReadHeader).ToList();
        var isTied = facts.TieWordEmbeddings;
        var counted = entries.Where(entry => !(isTied && entry.Name == "lm_head.weight")).ToList();
        return facts with
        {
            HasWeights = missing.Count == 0,
            MissingShards = new(missing),
            Parameters = counted.Sum(Elements),
            Bytes = entries.Sum(entry => entry.Length),
            StoredDType = entries.GroupBy(entry => entry.Dtype.Name).OrderByDescending(group => group.Sum(entry => entry.Length))
                .Select(group => Name(group.Key)).FirstOrDefault(),
            Linears = new(Summarize(entries)),
        };
    }

    /// <summary>The files of the weights that are there, whether or not the index lists more.</summary>
    public static IReadOnlyList<string> Files(string folder, out List<string> missing)
    {
        missing = [];
        var single = Path.Combine(folder, "model.safetensors");
        if (File.Exists(single))
            return [single];
        var index = Path.Combine(folder, "model.safetensors.index.json");
        if (!File.Exists(index))
            return [];
        var shards = JsonFactFile.ReadObject(index, "FT5113").Find("weight_map") is { ValueKind: JsonValueKind.Object } map
            ? map.EnumerateObject().Where(entry => entry.Value.ValueKind == JsonValueKind.String).Select(entry => entry.Value.GetString()!)
            : [];
        var files = new List<string>();
        foreach (var shard in shards.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            // A shard's name comes from a file: it must not lead out of the folder.
            if (shard == Path.GetFileName(shard) && File.Exists(Path.Combine(folder, shard)))
                files.Add(Path.Combine(folder, shard));
            else
                missing.Add(shard);
        }

        return files;
    }

    private static IEnumerable<SafetensorsEntry> ReadHeader(string path)
    {
        try
        {
            using var file = new FileStream(path, new FileStreamOptions { BufferSize = 0, Share = FileShare.ReadWrite | FileShare.Delete });
            return SafetensorsHeader.Read(file, path).Entries.Values;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FineTuneException("FT5100", $"The file cannot be read: {exception.Message}", path, exception);
        }
    }

    private static IEnumerable<LinearFacts> Summarize(IEnumerable<SafetensorsEntry> entries)
    {
        var modules = entries.Where(entry => entry.Shape.Length == 2 && entry.Name.EndsWith(".weight", StringComparison.Ordinal))
            .Select(entry => (Parts: entry.Name[..^".weight".Length].Split('.'), entry.Shape));
        return modules
            .GroupBy(module => (Path: string.Join('.', module.Parts.Select(part => IsNumber(part) ? "#" : part)), Rows: module.Shape[0], Columns: module.Shape[1]))
            .OrderBy(group => group.Key.Path, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Rows)
            .Take(MostPatterns)
            .Select(group =>
            {
                var parts = group.First().Parts;
                var pattern = parts.Select((part, i) => IsNumber(part) ? $"{{{group.Max(module => long.Parse(module.Parts[i], System.Globalization.CultureInfo.InvariantCulture)) + 1}}}" : part);
                return new LinearFacts(string.Join('.', pattern), group.Count(), group.Key.Rows, group.Key.Columns, IsEmbedding(parts[^1]));
            });
    }

    private static bool IsNumber(string part) => part.Length is > 0 and < 10 && part.All(char.IsAsciiDigit);

    private static bool IsEmbedding(string name) => name.Contains("embed", StringComparison.Ordinal) || name is "wte" or "wpe" or "shared";

    private static long Elements(SafetensorsEntry entry) => entry.Shape.Aggregate(1L, (product, size) => product * size);

    private static string Name(string dtype) => dtype switch
    {
        "F32" => "float32",
        "F16" => "float16",
        "BF16" => "bfloat16",
        _ => dtype,
    };
}
