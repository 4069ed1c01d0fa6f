using System.Text.Json;
using FineTune.Facts;
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
            using var document = FolderJson.Parse(File.ReadAllBytes(path));
            if (document.RootElement.Find("eos_token_id") is not { } value)
                return [];
            var ids = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToList() : [value];
            return ids.Where(id => id.ValueKind == JsonValueKind.Number).Select(id => id.TryGetInt32(out var number)
                ? number
                : throw Damaged($"'eos_token_id' has {id.GetRawText()}, which is no token's id", path, null)).ToList();
        }
        catch (JsonException exception)
        {
            throw Damaged(FolderJson.Reason(exception), FolderJson.Place(path, exception), exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Damaged(exception.Message.TrimEnd('.'), path, exception);
        }
    }

    private static FineTuneException Damaged(string reason, string place, Exception? inner) =>
        new("FT5602", $"generation_config.json is damaged: {reason}. Restore it, or delete it.", place, inner);
}
