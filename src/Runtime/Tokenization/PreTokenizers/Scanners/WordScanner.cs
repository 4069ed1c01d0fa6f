using FineTune.Tokenization.Unicode;

namespace FineTune.Tokenization.PreTokenizers.Scanners;

/// <summary>
/// A hand-written equivalent of a well-known split pattern: the words follow each other without gaps.
/// A regular expression costs ten times as much per word.
/// </summary>
internal abstract class WordScanner
{
    /// <summary>The end of the word that starts at <paramref name="start"/> (inside the text).</summary>
    public abstract int WordEnd(ReadOnlySpan<char> text, int start);

    /// <summary>The scanner of a pattern, if it is one of the well-known ones.</summary>
    public static WordScanner? ForPattern(string pattern) => pattern switch
    {
        SplitPatterns.Gpt2 => Gpt2Scanner.Instance,
        SplitPatterns.Llama3 => Llama3Scanner.ThreeDigits,
        SplitPatterns.Qwen2 => Llama3Scanner.SingleDigits,
        SplitPatterns.O200k => O200kScanner.Instance,
        _ => null,
    };

    /// <summary>The end of the run of characters with one of these classes.</summary>
    protected static int RunEnd(ReadOnlySpan<char> text, int start, CharacterClasses classes)
    {
        while (start < text.Length && (CharacterTable.At(text, start, out var width) & classes) != 0)
            start += width;
        return start;
    }

    /// <summary>The end of the run of characters with none of these classes.</summary>
    protected static int RunEndWithout(ReadOnlySpan<char> text, int start, CharacterClasses classes)
    {
        while (start < text.Length && (CharacterTable.At(text, start, out var width) & classes) == 0)
            start += width;
        return start;
    }

    /// <summary><c>\s+(?!\S)|\s+</c>: the white space, without its last character if a word follows and others are left.</summary>
    protected static int WhiteSpaceEnd(ReadOnlySpan<char> text, int start)
    {
        var end = RunEnd(text, start, CharacterClasses.WhiteSpace);
        return end < text.Length && end - start > 1 ? end - 1 : end;
    }

    /// <summary><c>\s*[\r\n]+|\s+(?!\S)|\s+</c>: up to the last line end of the white space, if it has one.</summary>
    protected static int LineOrWhiteSpaceEnd(ReadOnlySpan<char> text, int start)
    {
        var end = RunEnd(text, start, CharacterClasses.WhiteSpace);
        var lastLineEnd = text[start..end].LastIndexOfAny('\r', '\n');
        if (lastLineEnd >= 0)
            return start + lastLineEnd + 1;
        return end < text.Length && end - start > 1 ? end - 1 : end;
    }

    /// <summary><c>\p{N}{1,limit}</c></summary>
    protected static int NumberEnd(ReadOnlySpan<char> text, int start, int limit)
    {
        for (var count = 0; count < limit && start < text.Length; count++)
        {
            if ((CharacterTable.At(text, start, out var width) & CharacterClasses.Number) == 0)
                break;
            start += width;
        }

        return start;
    }

    /// <summary>
    /// <c>(?i:'s|'t|'re|'ve|'m|'ll|'d)</c>: the length of the contraction at <paramref name="start"/>, 0 if none.
    /// U+017F (long s) folds to s, so that <c>'ſ</c> is one too.
    /// </summary>
    protected static int ContractionLength(ReadOnlySpan<char> text, int start)
    {
        if (start + 1 >= text.Length || text[start] != '\'')
            return 0;
        switch (text[start + 1])
        {
            case 's' or 'S' or '\u017F' or 't' or 'T' or 'm' or 'M' or 'd' or 'D':
                return 2;
            case 'r' or 'R' or 'v' or 'V':
                return start + 2 < text.Length && text[start + 2] is 'e' or 'E' ? 3 : 0;
            case 'l' or 'L':
                return start + 2 < text.Length && text[start + 2] is 'l' or 'L' ? 3 : 0;
            default:
                return 0;
        }
    }
}
