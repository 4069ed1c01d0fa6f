using System.Globalization;

namespace FineTune.Templates;

/// <summary>The characters of Python's identifiers.</summary>
internal static class IdentifierCharacters
{
    /// <summary>A mark or a connector, which identifiers may have but not begin with.</summary>
    public static bool IsMark(string text, int at) => CharUnicodeInfo.GetUnicodeCategory(text, at) is
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.ConnectorPunctuation or UnicodeCategory.LetterNumber;

    public static bool IsIdentifier(string name)
    {
        var first = CharUnicodeInfo.GetUnicodeCategory(name, 0);
        if (name[0] != '_' && !char.IsLetter(name, 0) && first != UnicodeCategory.LetterNumber)
            return false;
        for (var i = 0; i < name.Length; i += char.IsHighSurrogate(name[i]) ? 2 : 1)
        {
            // Digits that are no decimal ones, such as superscripts, are no part of an identifier.
            if (CharUnicodeInfo.GetUnicodeCategory(name, i) == UnicodeCategory.OtherNumber)
                return false;
        }

        return true;
    }
}
