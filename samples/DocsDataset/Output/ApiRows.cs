using DocsDataset.Documentation;

namespace DocsDataset.Output;

/// <summary>
/// The rows from which a model learns to write summaries. What teaches nothing is left out, rule by rule, and counted:
/// a member counts under the first rule that it falls under.
/// </summary>
internal sealed class ApiRows
{
    /// <summary>A pattern that more members than this share was written by habit, not for the member.</summary>
    public const int MostSharers = 25;

    private const int LongestSignature = 240;
    private const int LongestSummary = 300;
    private const int FewestWords = 3;

    private readonly List<(string Rule, int Members)> _dropped = [];

    public ApiRows(IReadOnlyList<DocumentedMember> members)
    {
        IEnumerable<ApiRow> rows = members.Select(member => new ApiRow(member.Member.Family, member.Member.Signature, member.Documentation.Summary));
        var kept = Drop("no summary", rows, row => row.Summary.Length == 0);
        kept = Drop("listings of machine instructions", kept, row => MachineInstructions.Are(row.Family));
        kept = Drop($"fewer than {FewestWords} words", kept, row => row.Summary.Split(' ').Length < FewestWords);
        kept = Drop($"longer than {LongestSignature} + {LongestSummary} characters", kept,
            row => row.Signature.Length > LongestSignature || row.Summary.Length > LongestSummary);
        var patterns = kept.ToLookup(row => SummaryPattern.Of(row.Signature, row.Summary)).Where(sharers => sharers.Count() > MostSharers).ToList();
        var boilerplate = patterns.SelectMany(sharers => sharers).ToHashSet(ReferenceEqualityComparer.Instance);
        kept = Drop($"boilerplate: {patterns.Count} patterns with more than {MostSharers} members each", kept, boilerplate.Contains);
        var seen = new HashSet<(string, string)>();
        kept = Drop("same summary as another overload or member of its type", kept, row => !seen.Add((row.Family, row.Summary)));
        var same = new HashSet<(string, string)>();
        kept = Drop("same signature and summary as a member of another type of that name", kept, row => !same.Add((row.Signature, row.Summary)));

        // In the order of a hash, so that the first n rows of a file are a fair sample of it.
        kept = [.. kept.OrderBy(row => StableHash.Of(row.Signature)).ThenBy(row => row.Signature, StringComparer.Ordinal)];
        Train = [.. kept.Where(row => !TypeSplit.IsTest(row.Family))];
        // A summary that training rows have word for word would measure memory.
        var known = Train.Select(row => row.Summary).ToHashSet();
        Test = Drop("test rows whose summary is in a training row word for word", kept.Where(row => TypeSplit.IsTest(row.Family)), row => known.Contains(row.Summary));
    }

    public IReadOnlyList<ApiRow> Train { get; }

    public IReadOnlyList<ApiRow> Test { get; }

    /// <summary>How many members each rule left out, in the order of the rules.</summary>
    public IReadOnlyList<(string Rule, int Members)> Dropped => _dropped;

    private List<ApiRow> Drop(string rule, IEnumerable<ApiRow> rows, Func<ApiRow, bool> drops)
    {
        var all = rows.ToList();
        var kept = all.Where(row => !drops(row)).ToList();
        _dropped.Add((rule, all.Count - kept.Count));
        return kept;
    }
}
