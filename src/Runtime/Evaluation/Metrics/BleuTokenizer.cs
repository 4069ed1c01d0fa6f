using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace FineTune.Evaluation.Metrics;

/// <summary>The tokenizers of sacrebleu: scores are comparable only under the same one.</summary>
internal static partial class BleuTokenizer
{
    /// <summary>The text with a space between tokens.</summary>
    /// <param name="name"><c>13a</c>, <c>intl</c>, <c>char</c>, <c>zh</c> or <c>none</c>.</param>
    /// <param name="text">The text.</param>
    public static string Tokenize(string name, string text) => name switch
    {
        "13a" => Mteval13a(text),
        "intl" => International(text),
        "char" => string.Join(' ', text.EnumerateRunes()),
        "zh" => Western(SpaceChinese(text.Trim())),
        "none" => text,
        _ => throw new ArgumentException($"The tokenizer '{name}' is none of 13a, intl, char, zh, none.", nameof(name)),
    };

    private static string Mteval13a(string text)
    {
        var line = text.Replace("<skipped>", "", StringComparison.Ordinal).Replace("-\n", "", StringComparison.Ordinal).Replace('\n', ' ')
            .Replace("&quot;", "\"", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal)
            .Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal);
        return Western($" {line} ");
    }

    private static string Western(string line)
    {
        line = Symbols().Replace(line, " $1 ");
        line = PeriodAfterNonDigit().Replace(line, "$1 $2 ");
        line = PeriodBeforeNonDigit().Replace(line, " $1 $2");
        return Join(DashAfterDigit().Replace(line, "$1 $2 "));
    }

    private static string International(string text)
    {
        var runes = text.EnumerateRunes().ToList();
        runes = ReplacePairs(runes, rune => !IsNumber(rune), IsPunctuation, [1, ' ', 2, ' ']);
        runes = ReplacePairs(runes, IsPunctuation, rune => !IsNumber(rune), [' ', 1, ' ', 2]);
        return Join(string.Concat(runes.Select(rune => IsSymbol(rune) ? $" {rune} " : rune.ToString())));
    }

    /// <summary>Replaces neighbours from left to right, none twice; 1 and 2 stand for them. .NET's expressions do not see code points.</summary>
    private static List<Rune> ReplacePairs(List<Rune> runes, Func<Rune, bool> first, Func<Rune, bool> second, ReadOnlySpan<int> pattern)
    {
        var result = new List<Rune>(runes.Count * 2);
        for (var i = 0; i < runes.Count; i++)
        {
            if (i + 1 == runes.Count || !first(runes[i]) || !second(runes[i + 1]))
            {
                result.Add(runes[i]);
                continue;
            }

            foreach (var part in pattern)
                result.Add(part == 1 ? runes[i] : part == 2 ? runes[i + 1] : new Rune(part));
            i++;
        }

        return result;
    }

    private static string Join(string line) => string.Join(' ', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static bool IsNumber(Rune rune) => Rune.IsNumber(rune);

    private static bool IsPunctuation(Rune rune) => Rune.IsPunctuation(rune);

    private static bool IsSymbol(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.MathSymbol or UnicodeCategory.CurrencySymbol or UnicodeCategory.ModifierSymbol or UnicodeCategory.OtherSymbol;

    private static string SpaceChinese(string text) =>
        string.Concat(text.EnumerateRunes().Select(rune => IsChinese(rune.Value) ? $" {rune} " : rune.ToString()));

    // U+2001 to U+2A6D and U+2F81 to U+2FA1 are meant to be U+20000 and up: the reference has them so, and scores follow it.
    private static bool IsChinese(int code) => code is (>= 0x3400 and <= 0x4DB5) or (>= 0x4E00 and <= 0x9FBB) or (>= 0xF900 and <= 0xFA2D)
        or (>= 0xFA30 and <= 0xFA6A) or (>= 0xFA70 and <= 0xFAD9) or (>= 0x2001 and <= 0x2A6D) or (>= 0x2F81 and <= 0x2FA1)
        or (>= 0xFF00 and <= 0xFFEF) or (>= 0x2E80 and <= 0x2EFF) or (>= 0x3000 and <= 0x303F) or (>= 0x31C0 and <= 0x31EF)
        or (>= 0x2F00 and <= 0x2FDF) or (>= 0x2FF0 and <= 0x2FFF) or (>= 0x3100 and <= 0x312F) or (>= 0x31A0 and <= 0x31BF)
        or (>= 0xFE10 and <= 0xFE1F) or (>= 0xFE30 and <= 0xFE4F) or (>= 0x3200 and <= 0x33FF);

    [GeneratedRegex(@"([\{-\~\[-\` -\&\(-\+\:-\@\/])")]
    private static partial Regex Symbols();

    [GeneratedRegex(@"([^0-9])([\.,])", RegexOptions.Singleline)]
    private static partial Regex PeriodAfterNonDigit();

    [GeneratedRegex(@"([\.,])([^0-9])", RegexOptions.Singleline)]
    private static partial Regex PeriodBeforeNonDigit();

    [GeneratedRegex(@"([0-9])(-)")]
    private static partial Regex DashAfterDigit();
}
