using System.Text.Json;
using FineTune.Tokenization;

namespace FineTune.Models;

/// <summary>The tokens that end a text.</summary>
internal static class StopTokens
{
    /// <summary>
    /// The end-of-sequence tokens of the tokenizer, of <c>config.json</c> and of <c>generation_config.json</c> together: chat models
    /// list their end of turn only in the last.
    /// </summary>
    public static IReadOnlyCollection<int> Of(string modelFolder, ModelConfig config, Tokenizer tokenizer)
    {
        var stops = new HashSet<int>(config.EosTokenIds);
        if (tokenizer.EosTokenId is { } eos)
            stops.Add(eos);
        stops.UnionWith(FromGenerationConfig(Path.Combine(modelFolder, "generation_config.json")));
        return stops;
    }

    private static IEnumerable<int> FromGenerationConfig(string path)
    {
        if (!File.Exists(path))
            return [];
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("eos_token_id", out var value))
                return [];
            var ids = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToList() : [value];
            return ids.Where(id => id.ValueKind == JsonValueKind.Number).Select(id => id.GetInt32()).ToList();
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            throw new FineTuneException("FT5602", $"generation_config.json is damaged: {exception.Message} Restore it, or delete it.", path, exception);
        }
    }
}
