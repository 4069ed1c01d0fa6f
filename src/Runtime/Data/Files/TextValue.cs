using System.Globalization;
using System.Text.RegularExpressions;
using FineTune.Recipes;

namespace FineTune.Data.Files;

/// <summary>Texts that stand for a number or a boolean, in the one form that JSON has for it.</summary>
internal static partial class TextValue
{
    public static bool Fits(string text, TextColumnType type) => type switch
    {
        TextColumnType.Integer => Integer().IsMatch(text) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        TextColumnType.Number => Number().IsMatch(text),
        TextColumnType.Boolean => text is "true" or "false",
        _ => true,
    };

    /// <summary>Whether a number is shown as it is written, so that a prompt has the text of the file.</summary>
    public static bool IsShownAsWritten(string text) =>
        Number().IsMatch(text) && double.Parse(text, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture) == text;

    public static string Describe(TextColumnType type) => type switch
    {
        TextColumnType.Integer => "an integer",
        TextColumnType.Number => "a number",
        TextColumnType.Boolean => "true or false",
        _ => "a text",
    };

    [GeneratedRegex(@"\A-?(0|[1-9][0-9]{0,18})\z")]
    private static partial Regex Integer();

    [GeneratedRegex(@"\A-?(0|[1-9][0-9]{0,307})(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?\z")]
    private static partial Regex Number();
}
