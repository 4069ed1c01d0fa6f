using System.Text.Json;
using FineTune.Storage;
using TorchSharp;

namespace FineTune.Tests.Conformance;

/// <summary>A case that is a folder: its <c>case.json</c> and the tensors beside it.</summary>
internal sealed class CaseFile(string folder)
{
    private readonly JsonElement _json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "case.json"))).RootElement;

    public string Folder { get; } = folder;

    public JsonElement Json => _json;

    public string? Text(string key) => _json.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public double Scalar(string name) => _json.GetProperty("scalars").GetProperty(name).GetDouble();

    /// <summary>Absolute and relative tolerance.</summary>
    public (double Absolute, double Relative) Tolerance(string name)
    {
        var pair = _json.GetProperty("tolerances").GetProperty(name);
        return (pair[0].GetDouble(), pair[1].GetDouble());
    }

    public string PathOf(string name) => Path.Combine(Folder, name);

    public Dictionary<string, torch.Tensor> Tensors(string name)
    {
        using var reader = SafetensorsReader.Open(PathOf(name));
        return reader.Entries.Keys.ToDictionary(key => key, reader.Read);
    }

    /// <summary>The folders below an area (or a part of it) that hold a case.json.</summary>
    public static IEnumerable<CaseFile> List(string area) =>
        ConformanceFolder.Vectors is not { } root || !Directory.Exists(Path.Combine(root, area))
            ? []
            : Directory.EnumerateDirectories(Path.Combine(root, area)).Order(StringComparer.Ordinal)
                .Where(path => File.Exists(Path.Combine(path, "case.json"))).Select(path => new CaseFile(path));

    /// <summary>The ids of an area's folders as theory data; one null where the vectors are absent.</summary>
    public static TheoryData<string?> Ids(string area)
    {
        var data = new TheoryData<string?>();
        foreach (var id in List(area).Select(file => Path.GetFileName(file.Folder)).DefaultIfEmpty())
            data.Add(id);
        return data;
    }

    public static CaseFile Open(string area, string? id)
    {
        ConformanceFolder.SkipIfAbsent();
        return new CaseFile(Path.Combine(ConformanceFolder.Vectors!, area, id!));
    }
}
