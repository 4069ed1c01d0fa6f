using System.Text.RegularExpressions;

namespace RewardedDocs;

/// <summary>The share of the words of a member's name that its summary has: of <c>GetEntryAssembly</c> three.</summary>
public sealed partial class NamesTheMember : IReward<Summarize.Row>
{
    public string Name => "names the member";

    public double? Score(Summarize.Row row, string completion)
    {
        var words = Words().Matches(Member().Match(row.Signature).Value).Select(word => word.Value).ToList();
        // A constructor's or an operator's name may be none: of such a row this reward says nothing.
        return words.Count == 0 ? null : words.Average(word => completion.Contains(word, StringComparison.OrdinalIgnoreCase) ? 1.0 : 0);
    }

    // The identifier before type parameters, parameters, accessors, a value or the end.
    [GeneratedRegex(@"\w+(?=(<[^<>]*>)?(\(.*\)| \{.*\}| = .*| : .*)?$)")]
    private static partial Regex Member();

    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z]?[a-z]+")]
    private static partial Regex Words();
}
