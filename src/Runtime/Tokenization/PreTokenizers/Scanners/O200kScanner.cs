using FineTune.Tokenization.Unicode;

namespace FineTune.Tokenization.PreTokenizers.Scanners;

/// <summary><see cref="SplitPatterns.O200k"/>: words end where the case changes.</summary>
internal sealed class O200kScanner : WordScanner
{
    private const CharacterClasses LetterNumberOrSpace = CharacterClasses.Letter | CharacterClasses.Number | CharacterClasses.WhiteSpace;
    private const CharacterClasses NotBeforeWord = CharacterClasses.Letter | CharacterClasses.Number | CharacterClasses.NewLine;

    public static O200kScanner Instance { get; } = new();

    public override int WordEnd(ReadOnlySpan<char> text, int start)
    {
        var classes = CharacterTable.At(text, start, out var width);
        var mayPrecede = (classes & NotBeforeWord) == 0;

        // Each alternative is tried with the optional first character, then without, as the engine backtracks.
        var end = mayPrecede ? LowerWordEnd(text, start + width) : -1;
        if (end < 0)
            end = LowerWordEnd(text, start);
        if (end < 0 && mayPrecede)
            end = UpperWordEnd(text, start + width);
        if (end < 0)
            end = UpperWordEnd(text, start);
        if (end >= 0)
            return end + ContractionLength(text, end);

        if ((classes & CharacterClasses.Number) != 0)
            return NumberEnd(text, start, 3);

        var other = text[start] == ' ' ? start + 1 : start;
        if (other < text.Length && (CharacterTable.At(text, other, out var otherWidth) & LetterNumberOrSpace) == 0)
        {
            end = RunEndWithout(text, other + otherWidth, LetterNumberOrSpace);
            while (end < text.Length && text[end] is '\r' or '\n' or '/')
                end++;
            return end;
        }

        return LineOrWhiteSpaceEnd(text, start);
    }

    /// <summary><c>U*L+</c> with backtracking into U, which shares letters without case and marks with L; -1 if no match.</summary>
    private static int LowerWordEnd(ReadOnlySpan<char> text, int start)
    {
        var upperEnd = RunEnd(text, start, CharacterClasses.UpperLike);
        if (upperEnd < text.Length && (CharacterTable.At(text, upperEnd, out var width) & CharacterClasses.LowerLike) != 0)
            return RunEnd(text, upperEnd + width, CharacterClasses.LowerLike);
        for (var end = upperEnd; end > start;)
        {
            if ((CharacterTable.Before(text, end) & CharacterClasses.LowerLike) != 0)
                return end;
            end -= end - 2 >= start && char.IsLowSurrogate(text[end - 1]) && char.IsHighSurrogate(text[end - 2]) ? 2 : 1;
        }

        return -1;
    }

    /// <summary><c>U+L*</c>; -1 if no match.</summary>
    private static int UpperWordEnd(ReadOnlySpan<char> text, int start)
    {
        var upperEnd = RunEnd(text, start, CharacterClasses.UpperLike);
        return upperEnd == start ? -1 : RunEnd(text, upperEnd, CharacterClasses.LowerLike);
    }
}
