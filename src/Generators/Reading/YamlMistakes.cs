using FineTune.Diagnostics;
using FineTune.Keys;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace FineTune.Reading;

/// <summary>
/// Finds the mistakes of spelling because of which a text is no recipe, or no YAML at all: a parser notices them late, and then
/// speaks of something else.
/// </summary>
internal sealed class YamlMistakes(string text)
{
    private readonly YamlLines _lines = new(text);

    /// <summary>A mistake of spelling.</summary>
    public sealed record Mistake(DiagnosticDescriptor Descriptor, TextSpan Span, string Message);

    /// <summary>The first such mistake up to a position, or <see langword="null"/>.</summary>
    public Mistake? Find(int end)
    {
        foreach (var start in _lines.OutsideBlocks().TakeWhile(start => start <= end))
        {
            var line = _lines.At(start).TrimEnd();
            var first = line.Length - line.TrimStart(' ', '-', '{', ',').Length;
            if (FindInLine(start, line, first) is { } mistake)
                return mistake;
        }

        return null;
    }

    private static Mistake? FindInLine(int start, string line, int first)
    {
        var length = line.Skip(first).TakeWhile(character => char.IsLetterOrDigit(character) || character == '_').Count();
        var name = line.Substring(first, length);
        var rest = line.Substring(first + length);
        if (!IsName(name) || rest.Length == 0)
            return null;
        var at = start + first + length;
        if (LookAlikes.IndexIn(rest.Substring(0, 1)) == 0)
            return new(RecipeDiagnostics.LookAlike, new(at, 1), LookAlikes.Explain(rest[0]).Message);
        if (rest[0] == ':' && rest.Length > 1 && rest[1] is not (' ' or '\t' or ':'))
            return NoSpace(new(start + first, line.Length - first), name, rest.Substring(1));
        if (rest.TrimStart().StartsWith("=", StringComparison.Ordinal))
            return NoSpace(new(start + first, line.Length - first), name, rest.TrimStart().Substring(1));
        if (rest[0] != ':')
            return null;
        var value = rest.Substring(1).TrimStart();
        var valueAt = start + line.Length - value.Length;
        if (name == DataKeys.Prompt.Name && value.StartsWith("{", StringComparison.Ordinal))
            return new(RecipeDiagnostics.UnquotedBraces, new(valueAt, 1), UnquotedBraces);
        return value.Length > 0 && value[0] is not ('"' or '\'' or '{' or '[' or '|' or '>' or '#') && FindColon(value) is >= 0 and var colon
            ? new(
                RecipeDiagnostics.UnquotedColon, new(valueAt + colon, 1),
                $"The text of '{name}' has a colon followed by a space, which makes a key of what stands before it; put the text in quotes.")
            : null;
    }

    /// <summary>What is wrong with a prompt that begins with a brace.</summary>
    public const string UnquotedBraces =
        "A text that begins with a brace needs quotes, or a block after '|': without them, YAML takes the brace for the beginning of a mapping.";

    private static int FindColon(string value)
    {
        var comment = value.IndexOf(" #", StringComparison.Ordinal);
        var text = comment < 0 ? value : value.Substring(0, comment);
        return text.IndexOf(": ", StringComparison.Ordinal) is >= 0 and var colon ? colon : text.EndsWith(":", StringComparison.Ordinal) ? text.Length - 1 : -1;
    }

    private static Mistake NoSpace(TextSpan span, string name, string value) => new(
        RecipeDiagnostics.NoSpaceAfterColon, span,
        $"A key is followed by a colon and a space; write {KeyText.Quote($"{name}: {value.Trim()}")}.");

    private static bool IsName(string name) =>
        name.Length > 0 && (KeyTable.FindSection(name) is not null || KeyTable.All.Any(key => key.Name == name));
}
