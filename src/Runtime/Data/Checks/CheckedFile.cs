namespace FineTune.Data.Checks;

/// <summary>What a check of a file of rows found.</summary>
/// <param name="Path">The file, or what holds its rows out.</param>
/// <param name="IsTest">Whether its rows are held out.</param>
internal sealed record CheckedFile(string Path, bool IsTest)
{
    /// <summary>The rows read.</summary>
    public int Rows { get; init; }

    /// <summary>Rows that the recipe's filter leaves out.</summary>
    public int Filtered { get; init; }

    /// <summary>Rows that are longer than fits.</summary>
    public int TooLong { get; init; }

    /// <summary>Tokens of all rows.</summary>
    public long Tokens { get; init; }

    /// <summary>Tokens that the loss counts.</summary>
    public long TrainedTokens { get; init; }

    /// <summary>The tokens of the longest row.</summary>
    public int Longest { get; init; }

    /// <summary>What is wrong with rows, in their order.</summary>
    public IReadOnlyList<RowFinding> Findings { get; init; } = [];
}
