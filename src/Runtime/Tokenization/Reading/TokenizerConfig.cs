using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FineTune.Facts;
using FineTune.Storage;
using FineTune.Tokenization.Added;

namespace FineTune.Tokenization.Reading;

/// <summary>tokenizer_config.json, with special_tokens_map.json of older folders behind it.</summary>
internal sealed class TokenizerConfig
{
    public const string FileName = "tokenizer_config.json";

    private readonly JsonObject _values;

    private TokenizerConfig(JsonObject values, string file)
    {
        _values = values;
        File = file;
    }

    /// <summary>Where the values are from.</summary>
    public string File { get; }

    public string? BosToken => Token("bos_token");

    public string? EosToken => Token("eos_token");

    public string? PadToken => Token("pad_token");

    public string? UnknownToken => Token("unk_token");

    public static TokenizerConfig Create(JsonObject values) => new(values, FileName);

    public static TokenizerConfig Read(string folder)
    {
        var file = Path.Combine(folder, FileName);
        var values = ReadObject(file) ?? [];
        var older = ReadObject(Path.Combine(folder, "special_tokens_map.json")) ?? [];
        foreach (var (key, value) in older)
        {
            if (values[key] is null)
                values[key] = value?.DeepClone();
        }

        return new TokenizerConfig(values, file);
    }

    public bool? Flag(string key) => _values[key] is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : null;

    public int? Number(string key) => _values[key] is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;

    public string? Text(string key) => _values[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>The tokens of <c>added_tokens_decoder</c>, and of added_tokens.json in older folders.</summary>
    public IEnumerable<AddedToken> AddedTokens(string folder)
    {
        if (_values["added_tokens_decoder"] is JsonObject tokens)
            return tokens.Select(pair => Added(pair.Key, pair.Value));
        var path = Path.Combine(folder, "added_tokens.json");
        return (ReadObject(path) ?? []).Select(pair => pair.Value is JsonValue value && value.TryGetValue<int>(out var id) && id >= 0
            ? new AddedToken(id, pair.Key)
            : throw TokenizerErrors.Malformed(path, $"the id of the token '{pair.Key}' must be a whole number from 0"));
    }

    public void Write(string folder) => AtomicFile.WriteText(
        Path.Combine(folder, FileName), _values.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n");

    /// <summary>A special token: a string, or an object with the string in <c>content</c>.</summary>
    private string? Token(string key) => _values[key] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var token) => token,
        JsonObject token when token["content"] is JsonValue content && content.TryGetValue<string>(out var text) => text,
        _ => throw TokenizerErrors.Malformed(File, $"{key} must be a string or an object with 'content'"),
    };

    private AddedToken Added(string id, JsonNode? token) =>
        int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && token is JsonObject
            ? TokenizerJson.AddedToken(new FileNode(token.Deserialize<JsonElement>(), File, $"added_tokens_decoder.{id}"), number)
            : throw TokenizerErrors.Malformed(File, $"added_tokens_decoder['{id}'] must be an id and an object");

    private static JsonObject? ReadObject(string path)
    {
        if (!System.IO.File.Exists(path))
            return null;
        try
        {
            return FolderJson.ParseNode(System.IO.File.ReadAllBytes(path)) as JsonObject
                ?? throw TokenizerErrors.Malformed(path, "it must be an object");
        }
        catch (JsonException exception)
        {
            throw TokenizerErrors.NotJson(path, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw TokenizerErrors.Malformed(path, exception.Message.TrimEnd('.'), exception);
        }
    }
}
