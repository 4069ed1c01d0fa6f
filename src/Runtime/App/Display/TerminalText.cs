using System.Text;
using Spectre.Console;

namespace FineTune.App.Display;

/// <summary>Text of rows and models, made safe for a terminal.</summary>
internal static class TerminalText
{
    /// <summary>
    /// Control characters become visible (␛), so that a row or a completion cannot move the cursor, recolour or retitle a terminal.
    /// Line ends and tabs stay.
    /// </summary>
    public static string Visible(string text)
    {
        if (!text.Any(IsUnsafe))
            return text;
        var visible = new StringBuilder(text.Length);
        foreach (var c in text)
            visible.Append(!IsUnsafe(c) ? c : c < ' ' ? (char)('\u2400' + c) : c == '\u007F' ? '\u2421' : '\uFFFD');
        return visible.ToString();
    }

    /// <summary><see cref="Visible"/>, with Spectre's markup escaped.</summary>
    public static string Escape(string text) => Markup.Escape(Visible(text));

    /// <summary>One line of at most <paramref name="length"/> characters: white space collapsed, the end cut.</summary>
    public static string Line(string text, int length) =>
        Cut(string.Join(' ', Visible(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), length);

    /// <summary>At most <paramref name="length"/> characters; a cut is shown and splits no surrogate pair.</summary>
    public static string Cut(string text, int length)
    {
        if (text.Length <= length)
            return text;
        var end = length - 1;
        if (char.IsHighSurrogate(text[end - 1]))
            end--;
        return text[..end] + "…";
    }

    // C0 but line ends and tabs, DEL, and C1; also the marks that reorder text.
    private static bool IsUnsafe(char c) =>
        c is < ' ' and not ('\n' or '\t') or (>= '\u007F' and <= '\u009F') or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
