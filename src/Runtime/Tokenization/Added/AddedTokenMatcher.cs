using System.Buffers;
using FineTune.Tokenization.Unicode;

namespace FineTune.Tokenization.Added;

/// <summary>Finds added tokens in a text: leftmost first, then the longest.</summary>
internal sealed class AddedTokenMatcher
{
    private readonly SearchValues<string>? _anywhere;
    private readonly Dictionary<char, (string Text, AddedToken Token)[]> _byFirst;

    /// <param name="tokens">Each token with the text to look for.</param>
    public AddedTokenMatcher(IEnumerable<(string Text, AddedToken Token)> tokens)
    {
        var searched = tokens.Where(pair => pair.Text.Length > 0).DistinctBy(pair => pair.Text).ToList();
        _anywhere = searched.Count == 0 ? null : SearchValues.Create([.. searched.Select(pair => pair.Text)], StringComparison.Ordinal);
        _byFirst = searched.GroupBy(pair => pair.Text[0])
            .ToDictionary(group => group.Key, group => group.OrderByDescending(pair => pair.Text.Length).ToArray());
    }

    public bool IsEmpty => _anywhere is null;

    /// <summary>Whether any of the texts occurs; the flags may still reject it.</summary>
    public bool MayOccurIn(ReadOnlySpan<char> text) => _anywhere is not null && text.ContainsAny(_anywhere);

    /// <summary>The matches with their ranges, white space that they swallow included.</summary>
    public List<(int Start, int End, AddedToken Token)> Find(ReadOnlySpan<char> text)
    {
        var matches = new List<(int, int, AddedToken)>();
        if (_anywhere is null)
            return matches;
        var consumed = 0;
        for (var at = 0; at < text.Length;)
        {
            var offset = text[at..].IndexOfAny(_anywhere);
            if (offset < 0)
                break;
            var start = at + offset;
            var (matched, token) = Longest(text[start..]);
            var end = start + matched.Length;
            at = end;
            if (token.SingleWord && !IsAlone(text, start, end))
                continue;
            if (token.LeftStrip)
                start = Math.Max(consumed, start - TrailingSpace(text[..start]));
            if (token.RightStrip)
                end += LeadingSpace(text[end..]);
            // White space swallowed before may reach into a token that begins with some: the earlier one keeps it.
            if (start < consumed)
                continue;
            matches.Add((start, end, token));
            consumed = end;
        }

        return matches;
    }

    private (string Text, AddedToken Token) Longest(ReadOnlySpan<char> text)
    {
        foreach (var candidate in _byFirst[text[0]])
        {
            if (text.StartsWith(candidate.Text, StringComparison.Ordinal))
                return candidate;
        }

        throw new InvalidOperationException("The search reported a text that no token has.");
    }

    private static bool IsAlone(ReadOnlySpan<char> text, int start, int end) =>
        (start == 0 || (CharacterTable.Before(text, start) & CharacterClasses.Word) == 0)
        && (end == text.Length || (CharacterTable.At(text, end, out _) & CharacterClasses.Word) == 0);

    private static int LeadingSpace(ReadOnlySpan<char> text) => text.Length - text.TrimStart().Length;

    private static int TrailingSpace(ReadOnlySpan<char> text) => text.Length - text.TrimEnd().Length;
}
