using System.Text.Json;
using FineTune.Prompts.Templates;

namespace FineTune.Prompts;

/// <summary>A part of a message's content.</summary>
/// <param name="Type">Its kind, such as <c>text</c> or <c>image</c>.</param>
/// <param name="Text">The text of a part that has one.</param>
public sealed record ChatPart(string Type, string? Text = null)
{
    /// <summary>Further fields, such as <c>image_url</c>.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Fields { get; init; }

    internal static ChatPart FromValues(TemplateDict values) =>
        new(values.TryGet("type", out var type) ? type as string ?? "" : "", values.TryGet("text", out var text) ? text as string : null);

    internal TemplateDict ToValues()
    {
        var values = new TemplateDict();
        values.Set("type", Type);
        if (Text is not null)
            values.Set("text", Text);
        foreach (var (key, field) in Fields ?? new Dictionary<string, JsonElement>())
            values.Set(key, JsonValues.Read(field));
        return values;
    }
}
