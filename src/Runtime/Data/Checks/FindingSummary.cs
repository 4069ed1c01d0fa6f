namespace FineTune.Data.Checks;

/// <summary>Findings in few lines: one for all rows of a file that have the same.</summary>
/// <param name="checkedRows">What the rows are of, such as "the file".</param>
internal sealed class FindingSummary(string checkedRows)
{
    private readonly Dictionary<(string Code, string File), (RowFinding First, int Rows)> _found = [];

    /// <summary>Counts a finding.</summary>
    /// <param name="file">The row's file.</param>
    /// <param name="finding">What is wrong with the row.</param>
    public void Add(string file, RowFinding finding)
    {
        var key = (finding.Code, file);
        _found[key] = _found.TryGetValue(key, out var found) ? (found.First, found.Rows + 1) : (finding, 1);
    }

    /// <summary>The findings as a build would write them, in the order of their first rows.</summary>
    public IReadOnlyList<string> Lines() => [.. _found.Values.Select(found => found.First.Line + (found.Rows > 1 ? $" {found.Rows} rows of {checkedRows} are like this one." : ""))];
}
