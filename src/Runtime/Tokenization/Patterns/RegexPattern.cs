using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace FineTune.Tokenization.Patterns;

/// <summary>
/// A regular expression of a tokenizer file, on .NET's engine. The files are written for Oniguruma, which sees code
/// points, so characters beyond the basic plane are shown to the engine as a basic one of the same general category.
/// </summary>
internal sealed class RegexPattern : ITextPattern
{
    /// <summary>A hostile pattern must end in an error, not hang; honest ones take microseconds.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly Regex _regex;
    private readonly string _pattern;
    private readonly string _file;

    /// <param name="pattern">The pattern as the file writes it.</param>
    /// <param name="file">The file that messages name.</param>
    /// <param name="limit">How long a search may take; ten seconds if not given.</param>
    public RegexPattern(string pattern, string file, TimeSpan? limit = null)
    {
        _pattern = pattern;
        _file = file;
        try
        {
            _regex = Compile(RegexTranslation.FromOniguruma(pattern), limit ?? Limit);
        }
        catch (ArgumentException exception)
        {
            throw TokenizerErrors.Regex(file, pattern, exception);
        }
    }

    public IReadOnlyList<(int Start, int End)> Matches(string text)
    {
        var matches = new List<(int, int)>();
        try
        {
            var (shown, positions) = Show(text);
            foreach (var match in _regex.EnumerateMatches(shown))
                matches.Add(positions is null ? (match.Index, match.Index + match.Length) : (positions[match.Index], positions[match.Index + match.Length]));
        }
        catch (RegexMatchTimeoutException exception)
        {
            throw TokenizerErrors.RegexTimeout(_file, _pattern, exception);
        }

        return matches;
    }

    /// <summary>The linear engine where it takes the pattern (it has no look-around), else the backtracking one.</summary>
    private static Regex Compile(string pattern, TimeSpan limit)
    {
        const RegexOptions Options = RegexOptions.CultureInvariant;
        try
        {
            return new Regex(pattern, Options | RegexOptions.NonBacktracking, limit);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, Options | RegexOptions.Compiled, limit);
        }
    }

    private static (string Shown, int[]? Positions) Show(string text)
    {
        if (!text.Any(char.IsSurrogate))
            return (text, null);
        var shown = new StringBuilder(text.Length);
        var positions = new List<int>(text.Length + 1);
        for (var i = 0; i < text.Length;)
        {
            Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out var width);
            positions.Add(i);
            shown.Append(width == 1 ? text[i] : Representative(Rune.GetUnicodeCategory(rune)));
            i += width;
        }

        positions.Add(text.Length);
        return (shown.ToString(), [.. positions]);
    }

    private static char Representative(UnicodeCategory category) => category switch
    {
        UnicodeCategory.UppercaseLetter => '\uA7AA',
        UnicodeCategory.LowercaseLetter => '\uA7AF',
        UnicodeCategory.TitlecaseLetter => '\u1FFC',
        UnicodeCategory.ModifierLetter => '\uA9CF',
        UnicodeCategory.OtherLetter => '\uA9E7',
        UnicodeCategory.NonSpacingMark => '\uAAB0',
        UnicodeCategory.SpacingCombiningMark => '\uAAEB',
        UnicodeCategory.EnclosingMark => '\uA670',
        UnicodeCategory.DecimalDigitNumber => '\uA9F5',
        UnicodeCategory.LetterNumber => '\uA6E8',
        UnicodeCategory.OtherNumber => '\uA832',
        UnicodeCategory.ConnectorPunctuation => '\uFE33',
        UnicodeCategory.DashPunctuation => '\uFE58',
        UnicodeCategory.OpenPunctuation => '\uFE59',
        UnicodeCategory.ClosePunctuation => '\uFE5A',
        UnicodeCategory.InitialQuotePunctuation => '\u2E1C',
        UnicodeCategory.FinalQuotePunctuation => '\u2E1D',
        UnicodeCategory.OtherPunctuation => '\uA9DE',
        UnicodeCategory.MathSymbol => '\u2A7D',
        UnicodeCategory.CurrencySymbol => '\uA838',
        UnicodeCategory.ModifierSymbol => '\uA716',
        UnicodeCategory.OtherSymbol => '\uA828',
        UnicodeCategory.Format => '\uFFFA',
        UnicodeCategory.PrivateUse => '\uF8FE',
        _ => '\uFFFE',
    };
}
