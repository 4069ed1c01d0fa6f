using System.Globalization;
using System.Text;

namespace FineTune.Keys;

/// <summary>Writes text as a YAML scalar on one line.</summary>
internal static class YamlScalar
{
    // What a YAML reader could take for something else than text: YAML 1.1 and 1.2, core schemas.
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "true", "false", "yes", "no", "on", "off", "y", "n", "null", "~",
    };

    /// <summary>The text as it is where that is unambiguous, else in double quotes.</summary>
    public static string Write(string text) => IsPlain(text) ? text : Quote(text);

    /// <summary>The text in double quotes, with all that is not printable ASCII, a letter or beyond the basic plane escaped.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        for (var i = 0; i < text.Length; i++)
        {
            _ = text[i] switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\t' => quoted.Append("\\t"),
                _ when char.IsSurrogatePair(text, i) => quoted.Append(text[i++]).Append(text[i]),
                var character when IsPrintable(character) => quoted.Append(character),
                var character => quoted.Append("\\u").Append(((int)character).ToString("X4", CultureInfo.InvariantCulture)),
            };
        }

        return quoted.Append('"').ToString();
    }

    private static bool IsPrintable(char character) => character is >= ' ' and <= '~' || char.IsLetterOrDigit(character);

    private static bool IsPlain(string text) =>
        text.Length > 0
        && (char.IsLetter(text[0]) || text[0] is '_' or '/' or '.')
        && text.All(character => char.IsLetterOrDigit(character) || character is '_' or '-' or '.' or '/')
        && !Words.Contains(text)
        && !NumberText.TryRead(text, out double _)
        && text is not ("." or ".." or "...")
        && !text.TrimStart('.').Equals("inf", StringComparison.OrdinalIgnoreCase)
        && !text.TrimStart('.').Equals("nan", StringComparison.OrdinalIgnoreCase);
}
