using System.Globalization;
using System.Text;

namespace FineTune.Prompts.Templates;

/// <summary>Python's changes of case, with the characters that become several and the Greek sigma at the end of a word.</summary>
internal static class PythonCase
{
    public static string Upper(string text) => Ascii.IsValid(text)
        ? text.ToUpperInvariant()
        : Map(text, rune => CaseTables.Upper.GetValueOrDefault(rune.Value) ?? Rune.ToUpperInvariant(rune).ToString());

    public static string Lower(string text)
    {
        if (Ascii.IsValid(text))
            return text.ToLowerInvariant();
        var builder = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, i, out var rune))
            {
                builder.Append(text[i++]);
                continue;
            }

            AppendLower(builder, text, i, rune);
            i += rune.Utf16SequenceLength;
        }

        return builder.ToString();
    }

    public static string Fold(string text) => Ascii.IsValid(text)
        ? text.ToLowerInvariant()
        : Map(text, rune => CaseTables.Folded.GetValueOrDefault(rune.Value) ?? LowerOf(rune));

    public static string Capitalize(string text)
    {
        var builder = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, i, out var rune))
            {
                builder.Append(text[i++]);
                continue;
            }

            if (i == 0)
                builder.Append(TitleOf(rune));
            else
                AppendLower(builder, text, i, rune);
            i += rune.Utf16SequenceLength;
        }

        return builder.ToString();
    }

    /// <summary><c>str.title</c>: every letter behind a character that has no case.</summary>
    public static string Title(string text)
    {
        var builder = new StringBuilder(text.Length);
        var inWord = false;
        for (var i = 0; i < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, i, out var rune))
            {
                builder.Append(text[i++]);
                inWord = false;
                continue;
            }

            if (inWord)
                AppendLower(builder, text, i, rune);
            else
                builder.Append(TitleOf(rune));
            inWord = IsCased(rune);
            i += rune.Utf16SequenceLength;
        }

        return builder.ToString();
    }

    public static string Swap(string text)
    {
        var builder = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, i, out var rune))
            {
                builder.Append(text[i++]);
                continue;
            }

            if (PythonCharacters.IsUpper(rune))
                AppendLower(builder, text, i, rune);
            else
                builder.Append(PythonCharacters.IsLower(rune) ? Upper(rune.ToString()) : rune.ToString());
            i += rune.Utf16SequenceLength;
        }

        return builder.ToString();
    }

    private static string TitleOf(Rune rune) =>
        CaseTables.Title.GetValueOrDefault(rune.Value) ?? CaseTables.Upper.GetValueOrDefault(rune.Value) ?? Rune.ToUpperInvariant(rune).ToString();

    private static string LowerOf(Rune rune) => rune.Value == 0x130 ? "i\u0307" : Rune.ToLowerInvariant(rune).ToString();

    private static void AppendLower(StringBuilder builder, string text, int at, Rune rune)
    {
        if (rune.Value == 0x3a3)
            builder.Append(IsFinalSigma(text, at) ? 'ς' : 'σ');
        else
            builder.Append(LowerOf(rune));
    }

    // Behind a letter with case, and not before one; characters without an influence on case are looked through.
    private static bool IsFinalSigma(string text, int at)
    {
        var before = at - 1;
        while (before >= 0 && IsIgnorable(text, before))
            before--;
        if (before < 0 || !IsCased(RuneEndingAt(text, before)))
            return false;
        var after = at + 1;
        while (after < text.Length && IsIgnorable(text, after))
            after++;
        return after >= text.Length || !Rune.TryGetRuneAt(text, after, out var rune) || !IsCased(rune);
    }

    private static Rune RuneEndingAt(string text, int at) =>
        Rune.TryGetRuneAt(text, at, out var rune) ? rune : at > 0 && Rune.TryGetRuneAt(text, at - 1, out rune) ? rune : Rune.ReplacementChar;

    private static bool IsIgnorable(string text, int at) => text[at] is '\'' or '.' or ':' or '\u00b7' or '\u2019' or '^' or '`'
        || CharUnicodeInfo.GetUnicodeCategory(text, at) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format
            or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol;

    private static bool IsCased(Rune rune) => PythonCharacters.IsUpper(rune) || PythonCharacters.IsLower(rune) || PythonCharacters.IsTitle(rune);

    private static string Map(string text, Func<Rune, string> map)
    {
        var builder = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, i, out var rune))
            {
                builder.Append(text[i++]);
                continue;
            }

            builder.Append(map(rune));
            i += rune.Utf16SequenceLength;
        }

        return builder.ToString();
    }
}
