using System.Text.Json;
using FineTune.Tests.Conformance;

namespace FineTune.Tests.Evaluation;

/// <summary>The cases of the conformance area <c>metrics</c>: every list of every file.</summary>
internal static class MetricCases
{
    public const string Area = "metrics";

    private static readonly Lazy<Dictionary<string, JsonElement>> Files = new(() => Folder is not { } folder
        ? []
        : Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal).ToDictionary(path => Path.GetFileNameWithoutExtension(path), Read));

    /// <summary>The ids of all cases, as <c>file/list/case</c>.</summary>
    public static IEnumerable<string> Ids => Files.Value.SelectMany(file => Lists(file.Value)
        .SelectMany(list => list.Value.EnumerateArray().Select((test, index) => $"{file.Key}/{list.Name}/{IdOf(test, index)}")));

    private static string? Folder =>
        ConformanceFolder.Vectors is { } vectors && Path.Combine(vectors, Area) is var folder && Directory.Exists(folder) ? folder : null;

    /// <summary>A case with the file that it is in.</summary>
    public static (string File, string List, JsonElement Document, JsonElement Case) Find(string id)
    {
        var parts = id.Split('/', 3);
        var document = Files.Value[parts[0]];
        var cases = document.GetProperty(parts[1]).EnumerateArray().Select((test, index) => (Id: IdOf(test, index), test));
        return (parts[0], parts[1], document, cases.First(test => test.Id == parts[2]).test);
    }

    private static IEnumerable<JsonProperty> Lists(JsonElement document) =>
        document.EnumerateObject().Where(property => property.Value.ValueKind == JsonValueKind.Array);

    /// <summary>The id of a case; a word of the stemmer's list is its own, and what has neither has its place.</summary>
    private static string IdOf(JsonElement test, int index) => test.ValueKind switch
    {
        JsonValueKind.Array when test[0].ValueKind == JsonValueKind.String => test[0].GetString()!,
        JsonValueKind.Object when test.TryGetProperty("id", out var id) => id.GetString()!,
        _ => index.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    private static JsonElement Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return document.RootElement.Clone();
    }
}
