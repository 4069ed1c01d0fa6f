using System.Text.Json;
using System.Text.Json.Nodes;
using FineTune.Facts;
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
            JsonArray several => several.OfType<JsonObject>().Where(entry => Text(entry["name"]) == (name ?? "default")).Select(entry => Text(entry["template"])).FirstOrDefault(),
            var one => name is null or "default" ? Text(one) : null,
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
            if (Text(value is JsonObject added ? added["content"] : value) is { } token)
                tokens[name] = token;
        }

        return tokens;
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static string ReadText(string path) => Lexer.NormalizeNewlines(File.ReadAllText(path));

    private static JsonObject? ReadObject(string path)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            return FolderJson.ParseNode(File.ReadAllBytes(path)) as JsonObject;
        }
        catch (JsonException exception)
        {
            throw new FineTuneException("FT5509", $"The file is not valid JSON: {FolderJson.Reason(exception)}. Get it again from where it came.", FolderJson.Place(path, exception), exception);
        }
    }
}
