using System.Text.Json;
using FineTune.Tests.Conformance;

namespace FineTune.Tests.Tokenization;

/// <summary>The files of the conformance area <c>tokenizers</c>.</summary>
internal static class TokenizerCases
{
    public const string Area = "tokenizers";

    private static readonly Lazy<IReadOnlyDictionary<string, string>> AllTexts = new(() =>
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder!, "texts.json")));
        return document.RootElement.EnumerateArray().ToDictionary(text => Text(text, "id"), text => Text(text, "text"));
    });

    public static string? Folder { get; } = ConformanceFolder.Vectors is { } vectors && Directory.Exists(Path.Combine(vectors, Area))
        ? Path.Combine(vectors, Area)
        : null;

    /// <summary>texts.json by id.</summary>
    public static IReadOnlyDictionary<string, string> Texts => AllTexts.Value;

    /// <summary>A case file of the area.</summary>
    public static JsonElement Read(string path)
    {
        ConformanceFolder.SkipIfAbsent();
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder!, path)));
        return document.RootElement.Clone();
    }

    /// <summary>The JSON files of a folder of the area, without extension; one that says so where there are none.</summary>
    public static IEnumerable<string> Files(string subfolder, Func<string, bool> where)
    {
        if (Folder is null || !Directory.Exists(Path.Combine(Folder, subfolder)))
            return [];
        return Directory.GetFiles(Path.Combine(Folder, subfolder), "*.json").Where(where)
            .Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);
    }

    public static string Text(JsonElement element, string key) => element.GetProperty(key).GetString()!;

    public static int[] Numbers(JsonElement element) => [.. element.EnumerateArray().Select(number => number.GetInt32())];
}
