using Microsoft.CodeAnalysis.Text;

namespace FineTune.Reading;

/// <summary>A node of a YAML document with its place.</summary>
/// <param name="Span">Where it stands; of mappings and lists only the beginning.</param>
internal abstract record YamlNode(TextSpan Span)
{
    /// <summary>What messages call it.</summary>
    public string Description => this switch
    {
        YamlMap => "a mapping",
        YamlList => "a list",
        _ => "a text",
    };
}

/// <summary>A scalar.</summary>
/// <param name="Value">Its text, escapes and folding resolved.</param>
/// <param name="IsPlain">Whether it has neither quotes nor is a block, so that it may be a number or a boolean.</param>
/// <param name="EndsWithBlock">Whether its last line break is only the end of a block that asks to keep one.</param>
/// <param name="Span">Where it stands.</param>
internal sealed record YamlText(string Value, bool IsPlain, bool EndsWithBlock, TextSpan Span) : YamlNode(Span);

/// <summary>A list.</summary>
internal sealed record YamlList(List<YamlNode> Items, TextSpan Span) : YamlNode(Span);

/// <summary>A mapping; keys that are no scalars have been reported and left out.</summary>
internal sealed record YamlMap(List<KeyValuePair<YamlText, YamlNode>> Entries, TextSpan Span) : YamlNode(Span);
