using System.Text.Json;
using System.Text.Json.Nodes;
using FineTune.Templates;

namespace FineTune.Prompts.Templates;

/// <summary>Reads the chat template of a model folder and the special tokens that it sees.</summary>
internal static class TemplateFolder
{
    private const string TemplateFile = "chat_template.jinja";
    private const string ConfigFile = "tokenizer_config.json";

    // What transformers passes to a template; other tokens of the tokenizer are no variables.
    private static readonly string[] TokenNames =
        ["bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token"];

    public static (string Source, string Place, IReadOnlyDictionary<string, string> Tokens) Read(string folder, string? name)
    {
        var configPath = Path.Combine(folder, ConfigFile);
        var config = ReadObject(configPath);
        var tokens = ReadTokens(folder);
        var file = Path.Combine(folder, TemplateFile);
        var named = Path.Combine(folder, "additional_chat_templates", $"{name}.jinja");
        if (name is not (null or "default") && File.Exists(named))
            return (ReadText(named), named, tokens);
        if (name is null or "default" && File.Exists(file))
            return (ReadText(file), file, tokens);
        var source = config?["chat_template"] switch
        {
            JsonValue value when name is null or "default" && value.TryGetValue<string>(out var text) => text,
            JsonArray several => several.OfType<JsonObject>()
                .FirstOrDefault(entry => (string?)entry["name"] == (name ?? "default"))?["template"]?.GetValue<string>(),
            _ => null,
        };
        return (source is not null ? Lexer.NormalizeNewlines(source) : throw new FineTuneException(
            "FT5508",
            name is null
                ? $"The model has no chat template: neither {TemplateFile} nor 'chat_template' in {ConfigFile}. Put the template that the model was trained with into {TemplateFile}."
                : $"The model has no chat template called '{name}'.",
            folder), configPath, tokens);
    }

    /// <summary>The special tokens of a folder, as templates see them.</summary>
    public static Dictionary<string, string> ReadTokens(string folder)
    {
        JsonObject?[] files = [ReadObject(Path.Combine(folder, "special_tokens_map.json")), ReadObject(Path.Combine(folder, ConfigFile))];
        var tokens = new Dictionary<string, string>();
        foreach (var (name, value) in files.SelectMany(file => TokenNames.Select(name => (name, file?[name]))))
        {
            if (value is JsonValue text && text.TryGetValue<string>(out var token))
                tokens[name] = token;
            else if (value is JsonObject added && added["content"] is JsonValue content && content.TryGetValue<string>(out token))
                tokens[name] = token;
        }

        return tokens;
    }

    private static string ReadText(string path) => Lexer.NormalizeNewlines(File.ReadAllText(path));

    private static JsonObject? ReadObject(string path)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            return JsonNode.Parse(File.ReadAllBytes(path)) as JsonObject;
        }
        catch (JsonException exception)
        {
            throw new FineTuneException("FT5509", $"The file is not valid JSON: {exception.Message}", path, exception);
        }
    }
}
