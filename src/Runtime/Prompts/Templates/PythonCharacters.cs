using System.Buffers;
using System.Globalization;
using System.Text;

namespace FineTune.Prompts.Templates;

/// <summary>Python's classes of characters.</summary>
internal static class PythonCharacters
{
    private static readonly SearchValues<char> Numerals = SearchValues.Create(
        "㐅㒃㠪㭍一七万三九二五亖亿什仟仨伍佰億兆兩八六十千卄卅卌叁参參叄四壱壹幺廾廿弌弍弎弐拾捌柒漆玖百肆萬貮貳贰阡陆陌陸零\uf96b\uf973"
        + "\uf978\uf9b2\uf9d1\uf9d3\uf9fd");

    public static bool IsSpace(char character) => char.IsWhiteSpace(character) || character is >= '\x1c' and <= '\x1f';

    public static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);

    public static bool IsLetter(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter
        or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter;

    public static bool IsDecimal(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber;

    public static bool IsDigit(Rune rune) => IsDecimal(rune) || CharUnicodeInfo.GetDigitValue(rune.ToString(), 0) >= 0;

    /// <summary>A number of any kind, ideographs that are one among them.</summary>
    public static bool IsNumeric(Rune rune) => IsDigit(rune) || CharUnicodeInfo.GetNumericValue(rune.ToString(), 0) != -1
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber
        || (rune.IsBmp ? Numerals.Contains((char)rune.Value) : rune.Value is 0x20001 or 0x20064 or 0x200e2 or 0x20121 or 0x2092a or 0x20983 or 0x2098c or 0x2099c or 0x20aea or 0x20afd or 0x20b19 or 0x22390 or 0x22998 or 0x23b1b or 0x2626d or 0x2f890);

    public static bool IsAlphanumeric(Rune rune) => IsLetter(rune) || IsNumeric(rune);

    /// <summary>A character of a word in Python's regular expressions.</summary>
    public static bool IsWord(Rune rune) => rune.Value == '_' || IsAlphanumeric(rune);

    /// <summary>A capital letter, or another character that Unicode calls one, such as a circled letter.</summary>
    public static bool IsUpper(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.UppercaseLetter || rune.Value is
        (>= 0x2160 and <= 0x216f) or (>= 0x24b6 and <= 0x24cf) or (>= 0x1f130 and <= 0x1f149) or (>= 0x1f150 and <= 0x1f169)
        or (>= 0x1f170 and <= 0x1f189);

    /// <summary>A small letter, or another character that Unicode calls one, such as a raised letter.</summary>
    public static bool IsLower(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.LowercaseLetter || rune.Value is
        0xaa or 0xba or (>= 0x2b0 and <= 0x2b8) or (>= 0x2c0 and <= 0x2c1) or (>= 0x2e0 and <= 0x2e4) or 0x345 or 0x37a
        or (>= 0x1d2c and <= 0x1d6a) or 0x1d78 or (>= 0x1d9b and <= 0x1dbf) or 0x2071 or 0x207f or (>= 0x2090 and <= 0x209c)
        or (>= 0x2170 and <= 0x217f) or (>= 0x24d0 and <= 0x24e9) or (>= 0x2c7c and <= 0x2c7d) or (>= 0xa69c and <= 0xa69d)
        or 0xa770 or (>= 0xa7f8 and <= 0xa7f9) or (>= 0xab5c and <= 0xab5f) or 0x10780 or (>= 0x10783 and <= 0x10785)
        or (>= 0x10787 and <= 0x107b0) or (>= 0x107b2 and <= 0x107ba);

    public static bool IsTitle(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.TitlecaseLetter;
}
