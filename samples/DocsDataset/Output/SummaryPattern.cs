using System.Text.RegularExpressions;

namespace DocsDataset.Output;

/// <summary>
/// The form of a summary: what is left when the words that its signature has, too, are blanked. "Initializes a new instance
/// of the Uri class." and the same of a thousand other classes have one pattern.
/// </summary>
internal static partial class SummaryPattern
{
    public static string Of(string signature, string summary)
    {
        var names = Word().Matches(signature).Select(match => match.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Word().Replace(TypeArguments().Replace(summary, ""), match => names.Contains(match.Value) ? "#" : match.Value);
    }

    [GeneratedRegex(@"[A-Za-z_][A-Za-z0-9_]*")]
    private static partial Regex Word();

    [GeneratedRegex(@"<[^<>]*>")]
    private static partial Regex TypeArguments();
}
