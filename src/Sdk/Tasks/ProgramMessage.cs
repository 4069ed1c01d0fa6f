using System.Text.RegularExpressions;

namespace FineTune.Build.Tasks;

/// <summary>
/// An error or a warning that the project's program printed: <c>place: error FT5003: message</c>, where a place is a file or
/// <c>file:line</c>.
/// </summary>
/// <param name="IsError">Whether it is an error; else it is a warning.</param>
/// <param name="File">The file, as printed; null where the program named none.</param>
/// <param name="Line">From 1; 0 where unknown.</param>
/// <param name="Code">Such as FT5003.</param>
/// <param name="Text">What is wrong and what to do.</param>
internal sealed partial record ProgramMessage(bool IsError, string? File, int Line, string Code, string Text)
{
    /// <summary>Reads a line of the program's output; null where it is none.</summary>
    public static ProgramMessage? Parse(string line)
    {
        if (Pattern().Match(line) is not { Success: true } match)
            return null;
        MessagePlace? place = match.Groups["place"] is { Success: true, Value: var named } ? MessagePlace.Parse(named) : null;
        return new ProgramMessage(match.Groups["kind"].Value == "error", place?.File, place?.Line ?? 0, match.Groups["code"].Value, match.Groups["text"].Value);
    }

    // The first ": error FTnnnn: " counts.
    [GeneratedRegex("^(?:(?<place>.+?): )?(?<kind>error|warning) (?<code>FT[0-9]{4}): (?<text>.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
