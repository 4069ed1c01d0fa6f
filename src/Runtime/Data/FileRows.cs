namespace FineTune.Data;

/// <summary>What became of the rows of a file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Weight">How often its rows are used in an epoch.</param>
internal sealed record FileRows(string Path, double Weight)
{
    /// <summary>The rows read, those that are held out aside.</summary>
    public int Rows { get; init; }

    /// <summary>Rows that the recipe's filter leaves out.</summary>
    public int Filtered { get; init; }

    /// <summary>Rows left out because they are too long.</summary>
    public int Dropped { get; init; }

    /// <summary>Rows that were cut.</summary>
    public int Truncated { get; init; }

    /// <summary>Rows that became several sequences.</summary>
    public int Split { get; init; }

    /// <summary>How many rows an epoch uses, those that it uses twice counted twice.</summary>
    public int UsedRows => (int)Math.Floor(Weight) * Sequences.Count + (int)Math.Round((Weight - Math.Floor(Weight)) * Sequences.Count, MidpointRounding.AwayFromZero);

    /// <summary>The sequences of each row that is used.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Sequences { get; init; } = [];
}
