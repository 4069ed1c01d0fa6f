using System.Text.Json;

namespace FineTune.Tests.Conformance;

/// <summary>A JSON file whose <c>cases</c> (or another array) are the cases.</summary>
internal static class ListFile
{
    /// <summary>The ids of a file's cases as theory data; one null where the vectors are absent.</summary>
    public static TheoryData<string?> Ids(string path, string array = "cases")
    {
        var data = new TheoryData<string?>();
        foreach (var id in Read(path, array).Select(item => item.GetProperty("id").GetString()).DefaultIfEmpty())
            data.Add(id);
        return data;
    }

    /// <summary>One case by id.</summary>
    public static JsonElement Case(string path, string? id, string array = "cases")
    {
        ConformanceFolder.SkipIfAbsent();
        return Read(path, array).Single(item => item.GetProperty("id").GetString() == id);
    }

    private static IEnumerable<JsonElement> Read(string path, string array) =>
        ConformanceFolder.Vectors is { } root && File.Exists(Path.Combine(root, path))
            ? JsonDocument.Parse(File.ReadAllBytes(Path.Combine(root, path)), new JsonDocumentOptions { MaxDepth = 4096 }).RootElement.GetProperty(array).EnumerateArray()
            : [];
}
