using System.Text.Json;

namespace FineTune.Models;

/// <summary>Reads the values of one JSON object of a model folder; what is wrong is an error with file and key.</summary>
internal sealed class JsonSettings(JsonElement element, string path, string prefix = "")
{
    /// <summary>The file.</summary>
    public string Path { get; } = path;

    /// <summary>The number of keys.</summary>
    public int Count => element.EnumerateObject().Count();

    public bool Has(string key) => Find(key) is not null;

    public string String(string key, string? otherwise = null) =>
        Value(key, otherwise, value => value.ValueKind == JsonValueKind.String ? value.GetString() : null, "a string");

    public double Number(string key, double? otherwise = null) =>
        Value<double?>(key, otherwise, value => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var found) && double.IsFinite(found) ? found : null, "a number")!.Value;

    public bool Boolean(string key, bool otherwise) =>
        Value<bool?>(key, otherwise, value => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null, "true or false")!.Value;

    /// <summary>A whole number from 1 on.</summary>
    public int Positive(string key, int? otherwise = null)
    {
        var number = Value<int?>(key, otherwise, value => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var found) ? found : null, "a whole number")!.Value;
        return number > 0 ? number : throw Wrong(key, "must be positive");
    }

    /// <summary>One integer, a list of them, or none.</summary>
    public IReadOnlyList<int> Integers(string key) => Find(key) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt32(out var one) => [one],
        { ValueKind: JsonValueKind.Array } value when value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out _)) =>
            [.. value.EnumerateArray().Select(item => item.GetInt32())],
        _ => throw Wrong(key, "must be a whole number or a list of them"),
    };

    public IReadOnlyList<string> Strings(string key) => Find(key) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } value when value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) =>
            [.. value.EnumerateArray().Select(item => item.GetString()!)],
        _ => throw Wrong(key, "must be a list of strings"),
    };

    /// <summary>An object within; null if absent.</summary>
    public JsonSettings? Section(string key) => Find(key) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } value => new JsonSettings(value, Path, $"{prefix}{key}."),
        _ => throw Wrong(key, "must be an object"),
    };

    public FineTuneException Wrong(string key, string what) => new("FT5111", $"'{prefix}{key}' {what}.", Path);

    private T Value<T>(string key, T? otherwise, Func<JsonElement, T?> read, string kind)
    {
        if (Find(key) is not { } value)
            return otherwise ?? throw Wrong(key, "is missing");
        return read(value) ?? throw Wrong(key, $"must be {kind}");
    }

    // A null counts as absent: saved configurations are full of them.
    private JsonElement? Find(string key) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
