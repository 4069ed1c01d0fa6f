using System.Globalization;

namespace FineTune.Templates;

/// <summary>The characters of Python's identifiers.</summary>
internal static class IdentifierCharacters
{
    /// <summary>A mark or a connector, which identifiers may have but not begin with.</summary>
    public static bool IsMark(string text, int at) => CharUnicodeInfo.GetUnicodeCategory(text, at) is
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.ConnectorPunctuation or UnicodeCategory.LetterNumber;

    public static bool IsIdentifier(string name) =>
        name[0] == '_' || char.IsLetter(name, 0) || CharUnicodeInfo.GetUnicodeCategory(name, 0) == UnicodeCategory.LetterNumber;
}
