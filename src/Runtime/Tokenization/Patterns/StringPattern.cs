namespace FineTune.Tokenization.Patterns;

/// <summary>A literal string; the empty string matches nowhere.</summary>
internal sealed class StringPattern(string value) : ITextPattern
{
    public IReadOnlyList<(int Start, int End)> Matches(string text)
    {
        var matches = new List<(int, int)>();
        if (value.Length == 0)
            return matches;
        for (var at = text.IndexOf(value, StringComparison.Ordinal); at >= 0; at = text.IndexOf(value, at + value.Length, StringComparison.Ordinal))
            matches.Add((at, at + value.Length));
        return matches;
    }
}
