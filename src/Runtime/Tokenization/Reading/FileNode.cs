using System.Text.Json;

namespace FineTune.Tokenization.Reading;

/// <summary>An object of a tokenizer file, read with errors that name the file and the key.</summary>
internal readonly struct FileNode
{
    private readonly JsonElement _element;

    public FileNode(JsonElement element, string file, string path)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw TokenizerErrors.Malformed(file, $"{path} must be an object, not {Describe(element)}");
        _element = element;
        File = file;
        Path = path;
    }

    public string File { get; }

    public string Path { get; }

    public JsonElement Element => _element;

    public string Type => Text("type");

    public JsonElement? Value(string key) =>
        _element.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public FileNode? Child(string key) => Value(key) is { } value ? new FileNode(value, File, $"{Path}.{key}") : null;

    public string? OptionalText(string key) => Value(key) is not { } value
        ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString() : throw Wrong(key, "a string", value);

    public string Text(string key) => OptionalText(key) ?? throw TokenizerErrors.Malformed(File, $"{Path} lacks '{key}'");

    /// <summary>A text that must not be empty.</summary>
    public string NonEmptyText(string key, string? fallback = null) => (OptionalText(key) ?? fallback) switch
    {
        null => throw TokenizerErrors.Malformed(File, $"{Path} lacks '{key}'"),
        "" => throw TokenizerErrors.Malformed(File, $"{Path}.{key} must not be empty"),
        var text => text,
    };

    public bool Flag(string key, bool fallback) => Value(key) switch
    {
        null => fallback,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { } value => throw Wrong(key, "true or false", value),
    };

    public int? OptionalNumber(string key) => Value(key) is not { } value
        ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : throw Wrong(key, "a whole number", value);

    public int Number(string key, int fallback) => OptionalNumber(key) ?? fallback;

    /// <summary>A number that counts or indexes something.</summary>
    public int Index(string key) => OptionalNumber(key) is not { } number
        ? throw TokenizerErrors.Malformed(File, $"{Path} lacks '{key}'")
        : number >= 0 ? number : throw TokenizerErrors.Malformed(File, $"{Path}.{key} must not be negative");

    /// <summary>Whether a JSON value is a whole number from 0.</summary>
    public static bool IsIndex(JsonElement element, out int index)
    {
        index = 0;
        return element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out index) && index >= 0;
    }

    public IEnumerable<JsonElement> Array(string key) => Value(key) is not { } value
        ? []
        : value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : throw Wrong(key, "an array", value);

    public IEnumerable<FileNode> Children(string key)
    {
        var (file, path) = (File, Path);
        return Array(key).Select((element, index) => new FileNode(element, file, $"{path}.{key}[{index}]"));
    }

    public FineTuneException Unsupported(string what) => TokenizerErrors.Unsupported(File, $"{what} '{Type}' ({Path})");

    private FineTuneException Wrong(string key, string expected, JsonElement got) =>
        TokenizerErrors.Malformed(File, $"{Path}.{key} must be {expected}, not {Describe(got)}");

    private static string Describe(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        _ => "null",
    };
}
