namespace FineTune.Data.Parquet;

/// <summary>A node of a file's schema.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Repetition">0: required, 1: optional, 2: repeated.</param>
/// <param name="Meaning">What its values stand for.</param>
internal sealed record ParquetNode(string Name, int Repetition, ParquetMeaning Meaning)
{
    /// <summary>The physical type of a leaf.</summary>
    public ParquetType Type { get; init; }

    /// <summary>The bytes of a value of fixed length.</summary>
    public int Length { get; init; }

    /// <summary>The digits after a decimal's point.</summary>
    public int Scale { get; init; }

    /// <summary>Whether a timestamp is told in UTC.</summary>
    public bool IsUtc { get; init; }

    /// <summary>The nodes within; empty for a leaf.</summary>
    public List<ParquetNode> Children { get; } = [];

    public bool IsLeaf { get; init; }

    /// <summary>The definition level from which on the node is there.</summary>
    public int DefinitionLevel { get; set; }

    /// <summary>The repetition level at which another of it begins.</summary>
    public int RepetitionLevel { get; set; }

    /// <summary>Of a leaf, its place among the leaves.</summary>
    public int Leaf { get; set; } = -1;

    /// <summary>The first leaf within, or itself.</summary>
    public ParquetNode FirstLeaf => IsLeaf ? this : Children[0].FirstLeaf;
}
