using FineTune.Keys;

namespace FineTune.Facts;

/// <summary>What the first rows of a data file show.</summary>
internal sealed record DataFacts
{
    /// <summary>The file, as recipes name it.</summary>
    public required string Name { get; init; }

    public DataFormat Format { get; init; }

    /// <summary>The rows looked at.</summary>
    public long Rows { get; init; }

    /// <summary>Whether these are all.</summary>
    public bool IsComplete { get; init; }

    /// <summary>The file's bytes.</summary>
    public long Bytes { get; init; }

    /// <summary>A hash of the bytes looked at.</summary>
    public string Digest { get; init; } = "";

    /// <summary>The columns in the order in which they appear.</summary>
    public EquatableArray<ColumnFacts> Columns { get; init; }

    /// <summary>How messages name a row: text files have lines.</summary>
    public string Row(long row) => Format == DataFormat.Parquet ? $"row {row}" : $"line {row}";
}
