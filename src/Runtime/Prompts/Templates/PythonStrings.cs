using System.Text;

namespace FineTune.Prompts.Templates;

/// <summary>Texts by code points, as Python counts: most have no character that takes two UTF-16 units, and need no counting.</summary>
internal static class PythonStrings
{
    private static readonly string[] Latin = [.. Enumerable.Range(0, 256).Select(code => ((char)code).ToString())];

    /// <summary>A part of a text; single characters are shared.</summary>
    public static string Piece(string text, int start, int length) =>
        length == 1 && text[start] < 256 ? Latin[text[start]] : text.Substring(start, length);

    public static bool IsPlain(string text)
    {
        TemplateBudget.Scan(text.Length);
        return !text.AsSpan().ContainsAnyInRange('\ud800', '\udfff');
    }

    public static int Length(string text)
    {
        if (IsPlain(text))
            return text.Length;
        var pairs = 0;
        for (var i = 0; i + 1 < text.Length; i++)
        {
            if (char.IsSurrogatePair(text[i], text[i + 1]))
            {
                pairs++;
                i++;
            }
        }

        return text.Length - pairs;
    }

    /// <summary>The UTF-16 offset of a code point; the text's length for its length.</summary>
    public static int Offset(string text, int index)
    {
        if (IsPlain(text))
            return index;
        var offset = 0;
        for (; index > 0 && offset < text.Length; index--)
            offset += Rune.TryGetRuneAt(text, offset, out var rune) ? rune.Utf16SequenceLength : 1;
        return offset;
    }

    /// <summary>The code points before a UTF-16 offset.</summary>
    public static int Index(string text, int offset) => IsPlain(text) ? offset : Length(text[..offset]);

    /// <summary>The code points between two indices.</summary>
    public static string Slice(string text, int start, int stop)
    {
        var (from, to) = (Offset(text, start), Offset(text, stop));
        return from >= to ? "" : text[from..to];
    }

    /// <summary>Each code point as a text.</summary>
    public static string[] CodePoints(string text)
    {
        TemplateBudget.Items(text.Length);
        return [.. PythonIteration.Iterate(text).Cast<string>()];
    }

    public static string Strip(string text, string? characters, bool start = true, bool end = true)
    {
        var (first, last) = (0, text.Length);
        if (characters is null)
        {
            while (start && first < last && PythonCharacters.IsSpace(text[first]))
                first++;
            while (end && last > first && PythonCharacters.IsSpace(text[last - 1]))
                last--;
        }
        else
        {
            var set = characters.EnumerateRunes().ToHashSet();
            while (start && first < last && Rune.TryGetRuneAt(text, first, out var rune) && set.Contains(rune))
                first += rune.Utf16SequenceLength;
            while (end && last > first && RuneBefore(text, last) is { } rune && set.Contains(rune))
                last -= rune.Utf16SequenceLength;
        }

        if (first == 0 && last == text.Length)
            return text;
        TemplateBudget.Steps((text.Length - (last - first)) >> 4);
        TemplateBudget.Text(last - first);
        return text[first..last];
    }

    /// <summary>Replaces at most so many occurrences; a negative number: all.</summary>
    public static string Replace(string text, string old, string replacement, long count)
    {
        if (count == 0)
            return text;
        if (old.Length == 0)
            return InsertBetween(text, replacement, count);
        var found = 0L;
        for (var at = text.IndexOf(old, StringComparison.Ordinal); at >= 0 && (count < 0 || found < count); at = text.IndexOf(old, at + old.Length, StringComparison.Ordinal))
            found++;
        TemplateBudget.Steps(text.Length / 64);
        if (found == 0)
            return text;
        TemplateBudget.Text(text.Length + found * (replacement.Length - old.Length));
        if (count < 0)
            return text.Replace(old, replacement, StringComparison.Ordinal);
        var builder = new StringBuilder();
        var position = 0;
        for (; found > 0; found--)
        {
            var at = text.IndexOf(old, position, StringComparison.Ordinal);
            builder.Append(text, position, at - position).Append(replacement);
            position = at + old.Length;
        }

        return builder.Append(text, position, text.Length - position).ToString();
    }

    /// <summary>Lines, at every line end that Python knows.</summary>
    public static List<string> Lines(string text, bool keepEnds = false)
    {
        TemplateBudget.Text(text.Length);
        var lines = new List<string>();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not ('\n' or '\r' or '\v' or '\f' or '\x1c' or '\x1d' or '\x1e' or '\x85' or '\u2028' or '\u2029'))
                continue;
            var end = i;
            if (text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n')
                i++;
            AddPiece(lines, text[start..(keepEnds ? i + 1 : end)]);
            start = i + 1;
        }

        if (start < text.Length)
            AddPiece(lines, text[start..]);
        return lines;
    }

    /// <summary>Fills a text up to a width of code points.</summary>
    /// <param name="text">The text.</param>
    /// <param name="width">The width.</param>
    /// <param name="fill">One code point.</param>
    /// <param name="left">The share of the filling that comes before the text.</param>
    public static string Pad(string text, long width, string fill, Func<long, long, long> left)
    {
        var missing = width - Length(text);
        if (missing <= 0)
            return text;
        TemplateBudget.Text(text.Length + missing * fill.Length);
        var before = left(missing, width);
        return string.Concat(Enumerable.Repeat(fill, (int)before)) + text + string.Concat(Enumerable.Repeat(fill, (int)(missing - before)));
    }

    /// <summary>Python's centre: of an odd rest, the left gets more where the width is odd.</summary>
    public static string Center(string text, long width, string fill = " ") =>
        Pad(text, width, fill, (missing, total) => missing / 2 + (missing & total & 1));

    public static void AddPiece(List<string> pieces, string piece)
    {
        TemplateBudget.Items(1);
        pieces.Add(piece);
    }

    private static string InsertBetween(string text, string inserted, long count)
    {
        var points = CodePoints(text);
        var times = count < 0 ? points.Length + 1 : Math.Min(count, points.Length + 1L);
        TemplateBudget.Text(text.Length + times * inserted.Length);
        var builder = new StringBuilder();
        for (var i = 0; i <= points.Length; i++)
        {
            if (i < times)
                builder.Append(inserted);
            if (i < points.Length)
                builder.Append(points[i]);
        }

        return builder.ToString();
    }

    private static Rune? RuneBefore(string text, int end)
    {
        if (Rune.TryGetRuneAt(text, end - 1, out var rune))
            return rune;
        return end > 1 && Rune.TryGetRuneAt(text, end - 2, out rune) ? rune : null;
    }
}
