using System.Text.Json;
using FineTune.Tests.Conformance;

namespace FineTune.Tests.Templates;

/// <summary>The files of conformance/templates, each read once.</summary>
internal static class TemplateCases
{
    public const string Area = "templates";

    /// <summary>The moment that the vectors were computed at.</summary>
    public static readonly DateTime Now = new(2026, 1, 31, 12, 34, 56);

    private static readonly Dictionary<string, JsonElement?> Files = [];

    /// <summary>A file's content; <see langword="null"/> where it is absent.</summary>
    public static JsonElement? File(string name)
    {
        lock (Files)
        {
            if (!Files.TryGetValue(name, out var content))
            {
                var path = ConformanceFolder.Vectors is { } root ? Path.Combine(root, Area, name) : null;
                content = path is not null && System.IO.File.Exists(path) ? JsonDocument.Parse(System.IO.File.ReadAllBytes(path)).RootElement : null;
                Files.Add(name, content);
            }

            return content;
        }
    }

    /// <summary>The cases of a file by their ids; their numbers, where they have none.</summary>
    public static IReadOnlyDictionary<string, JsonElement> Of(string name, string array = "cases")
    {
        var cases = File(name) is { } content ? content.GetProperty(array).EnumerateArray() : [];
        return cases.Select((test, index) => (Id: test.TryGetProperty("id", out var id) ? id.GetString()! : index.ToString("0000", null), Test: test))
            .ToDictionary(pair => pair.Id, pair => pair.Test);
    }

    /// <summary>The names of the files of renderings.</summary>
    public static IEnumerable<string> Renderings => ConformanceFolder.Vectors is { } root && Directory.Exists(Path.Combine(root, Area, "renderings"))
        ? Directory.GetFiles(Path.Combine(root, Area, "renderings"), "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)
        : [];

    /// <summary>The text of a template that renderings refer to.</summary>
    public static string Source(JsonElement rendering)
    {
        var source = rendering.GetProperty("source");
        var path = ConformanceFolder.Resolve(source.GetProperty("file").GetString()!);
        return source.TryGetProperty("key", out var key)
            ? JsonDocument.Parse(System.IO.File.ReadAllBytes(path)).RootElement.GetProperty(key.GetString()!).GetString()!
            : System.IO.File.ReadAllText(path);
    }
}
