using System.Globalization;

namespace FineTune.Tokenization.Unicode;

/// <summary>Character classes by code point: a table for the basic plane, computed beyond it.</summary>
internal static class CharacterTable
{
    private static readonly CharacterClasses[] Basic = Build();

    /// <summary>The classes of the character that starts at <paramref name="index"/>, and its length in UTF-16 units.</summary>
    public static CharacterClasses At(ReadOnlySpan<char> text, int index, out int width)
    {
        var unit = text[index];
        if (!char.IsHighSurrogate(unit) || index + 1 >= text.Length || !char.IsLowSurrogate(text[index + 1]))
        {
            width = 1;
            return Basic[unit];
        }

        width = 2;
        return Classify(char.ConvertToUtf32(unit, text[index + 1]));
    }

    /// <summary>The classes of the character that ends before <paramref name="end"/>.</summary>
    public static CharacterClasses Before(ReadOnlySpan<char> text, int end) =>
        end >= 2 && char.IsLowSurrogate(text[end - 1]) && char.IsHighSurrogate(text[end - 2])
            ? Classify(char.ConvertToUtf32(text[end - 2], text[end - 1]))
            : Basic[text[end - 1]];

    /// <summary>The classes of a UTF-16 unit outside surrogate pairs.</summary>
    public static CharacterClasses Of(char unit) => Basic[unit];

    /// <summary>The classes of a code point.</summary>
    public static CharacterClasses Of(int codePoint) => codePoint < 0x10000 ? Basic[codePoint] : Classify(codePoint);

    private static CharacterClasses[] Build()
    {
        var table = new CharacterClasses[0x10000];
        for (var codePoint = 0; codePoint < table.Length; codePoint++)
            table[codePoint] = Classify(codePoint);
        return table;
    }

    private static CharacterClasses Classify(int codePoint)
    {
        var classes = CharUnicodeInfo.GetUnicodeCategory(codePoint) switch
        {
            UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter =>
                CharacterClasses.Letter | CharacterClasses.UpperLike | CharacterClasses.Word,
            UnicodeCategory.LowercaseLetter => CharacterClasses.Letter | CharacterClasses.LowerLike | CharacterClasses.Word,
            UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter =>
                CharacterClasses.Letter | CharacterClasses.UpperLike | CharacterClasses.LowerLike | CharacterClasses.Word,
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark =>
                CharacterClasses.UpperLike | CharacterClasses.LowerLike | CharacterClasses.Word,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber => CharacterClasses.Number | CharacterClasses.Word,
            UnicodeCategory.OtherNumber => CharacterClasses.Number,
            UnicodeCategory.ConnectorPunctuation => CharacterClasses.Punctuation | CharacterClasses.Word,
            UnicodeCategory.DashPunctuation or UnicodeCategory.OpenPunctuation or UnicodeCategory.ClosePunctuation
                or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation
                or UnicodeCategory.OtherPunctuation => CharacterClasses.Punctuation,
            _ => CharacterClasses.None,
        };
        // Alphabetic beyond letters, marks and letter numbers (Other_Alphabetic), and the two joiners (Join_Control).
        if (codePoint is (>= 0x24B6 and <= 0x24E9) or (>= 0x1F130 and <= 0x1F149) or (>= 0x1F150 and <= 0x1F169)
            or (>= 0x1F170 and <= 0x1F189) or 0x200C or 0x200D)
        {
            classes |= CharacterClasses.Word;
        }

        if (codePoint < 0x10000 && char.IsWhiteSpace((char)codePoint))
            classes |= CharacterClasses.WhiteSpace;
        if (codePoint is '\r' or '\n')
            classes |= CharacterClasses.NewLine;
        return classes;
    }
}
