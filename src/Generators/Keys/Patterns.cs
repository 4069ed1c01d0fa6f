using System.Text.RegularExpressions;

namespace FineTune.Keys;

/// <summary>Regular expressions over module names.</summary>
internal static class Patterns
{
    /// <summary>The mistake in a pattern, or <see langword="null"/>.</summary>
    public static KeyProblem? Check(Key key, string pattern, KeySurface surface)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant);
            return null;
        }
        catch (ArgumentException exception)
        {
            return new(KeyCodes.BadPattern, $"{KeyText.Name(key, surface)} has {KeyText.Quote(pattern)}, which is no regular expression: {Reason(exception.Message)}");
        }
    }

    // The message repeats the pattern before its reason: "Invalid pattern '(' at offset 1. Not enough )'s."
    private static string Reason(string message)
    {
        var line = message.Split('\n', '\r')[0];
        var offset = line.LastIndexOf("' at offset ", StringComparison.Ordinal);
        var start = offset >= 0 ? line.IndexOf(". ", offset, StringComparison.Ordinal) : line.LastIndexOf(" - ", StringComparison.Ordinal) + 1;
        var reason = start < 0 ? line : line.Substring(start + 2);
        return reason.Length == 0 ? "." : char.ToLowerInvariant(reason[0]) + reason.Substring(1);
    }
}
