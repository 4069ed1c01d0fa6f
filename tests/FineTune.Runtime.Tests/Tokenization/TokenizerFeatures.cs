using System.Text.Json;

namespace FineTune.Tests.Tokenization;

/// <summary>What a tokenizer needs: <c>normalizer:NFC</c>, <c>model:BPE</c> and so on.</summary>
internal static class TokenizerFeatures
{
    public static IEnumerable<string> Of(string tokenizerJson)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(tokenizerJson));
        return [.. Of(document.RootElement)];
    }

    public static IEnumerable<string> Of(JsonElement components) =>
        components.EnumerateObject().Where(section => section.Value.ValueKind == JsonValueKind.Object)
            .SelectMany(section => Types(section.Value).Select(type => $"{section.Name}:{type}"));

    public static IEnumerable<string> Types(JsonElement component)
    {
        if (component.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String)
            yield return type.GetString()!;
        foreach (var property in component.EnumerateObject().Where(property => property.Value.ValueKind == JsonValueKind.Array))
        {
            foreach (var part in property.Value.EnumerateArray().Where(part => part.ValueKind == JsonValueKind.Object))
            {
                foreach (var nested in Types(part))
                    yield return nested;
            }
        }
    }
}
