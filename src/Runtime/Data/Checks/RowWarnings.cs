namespace FineTune.Data.Checks;

/// <summary>Warnings about rows, one line for all rows of a file that have the same.</summary>
internal sealed class RowWarnings
{
    private readonly Dictionary<(string Code, string File), (RowFinding First, int Rows)> _found = [];

    /// <summary>Counts a warning.</summary>
    /// <param name="file">The row's file.</param>
    /// <param name="finding">The warning.</param>
    public void Add(string file, RowFinding finding)
    {
        var key = (finding.Code, file);
        _found[key] = _found.TryGetValue(key, out var found) ? (found.First, found.Rows + 1) : (finding, 1);
    }

    /// <summary>The warnings as a build would write them, in the order of their first rows.</summary>
    public IReadOnlyList<string> Lines() => [.. _found.Values.Select(found =>
        $"{found.First.Place}: warning {found.First.Code}: {found.First.Message}{(found.Rows > 1 ? $" {found.Rows} rows of the file are like this one." : "")}")];
}
