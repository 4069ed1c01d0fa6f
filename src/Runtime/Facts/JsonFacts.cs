using System.Text.Json;

namespace FineTune.Facts;

/// <summary>Values of a JSON object that may have any shape: what has another type than asked for counts as absent.</summary>
internal static class JsonFacts
{
    public static string? Text(this JsonElement element, string key) =>
        element.Find(key) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public static long? Number(this JsonElement element, string key) =>
        element.Find(key) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : null;

    public static bool? Flag(this JsonElement element, string key) => element.Find(key)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    public static JsonElement? Find(this JsonElement element, string key) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(key, out var value) ? value : null;
}
