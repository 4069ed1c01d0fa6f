namespace FineTune.Keys;

/// <summary>Mappings to numbers on one line: <c>q_proj=8, layers\.[0-2]\..*=4</c>, as in C# and in <c>--set</c>.</summary>
internal static class MapText
{
    /// <summary>The entries; those without a number have <see langword="null"/> as their value.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Split(string text)
    {
        foreach (var entry in SplitAtCommas(Unwrap(text.Trim())))
        {
            var sign = Math.Max(entry.LastIndexOf('='), entry.LastIndexOf(": ", StringComparison.Ordinal));
            yield return sign < 0
                ? new(entry.Trim(), null)
                : new(entry.Substring(0, sign).Trim(), entry.Substring(sign + 1).Trim());
        }
    }

    // The braces may be there on a command line; in YAML they have made a mapping of it.
    private static string Unwrap(string text) =>
        text.Length >= 2 && text[0] == '{' && text[text.Length - 1] == '}' ? text.Substring(1, text.Length - 2) : text;

    // A comma within brackets belongs to a pattern, as in a{1,2}.
    private static IEnumerable<string> SplitAtCommas(string text)
    {
        var (depth, start) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] is '(' or '[' or '{' ? 1 : text[i] is ')' or ']' or '}' ? -1 : 0;
            if (text[i] != ',' || depth > 0)
                continue;
            yield return text.Substring(start, i - start);
            start = i + 1;
        }

        yield return text.Substring(start);
    }
}
