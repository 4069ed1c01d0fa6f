using System.Text.RegularExpressions;
using FineTune.Build.Tasks;

namespace FineTune.Build.Training;

/// <summary>An error that the training program printed: <c>place: error FT5003: message</c>, where a place is a file or <c>file:line</c>.</summary>
/// <param name="File">The file, as printed; null where the program named none.</param>
/// <param name="Line">From 1; 0 where unknown.</param>
/// <param name="Code">Such as FT5003.</param>
/// <param name="Message">What is wrong and what to do.</param>
internal sealed partial record TrainingError(string? File, int Line, string Code, string Message)
{
    /// <summary>Reads a line of the program's output; null where it is no error.</summary>
    public static TrainingError? Parse(string line)
    {
        if (Pattern().Match(line) is not { Success: true } match)
            return null;
        MessagePlace? place = match.Groups["place"] is { Success: true, Value: var named } ? MessagePlace.Parse(named) : null;
        return new TrainingError(place?.File, place?.Line ?? 0, match.Groups["code"].Value, match.Groups["message"].Value);
    }

    // The first ": error FTnnnn: " counts.
    [GeneratedRegex("^(?:(?<place>.+?): )?error (?<code>FT[0-9]{4}): (?<message>.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
