using FineTune.Keys;

namespace FineTune.Facts;

/// <summary>A column of the sampled rows, or what is nested in one.</summary>
/// <param name="Name">Its name; empty for the items of a list.</param>
/// <param name="Kind">What its values are.</param>
internal sealed record ColumnFacts(string Name, ColumnKind Kind)
{
    /// <summary>The first row in which it is null; rows count as the file's errors do, by lines where it has some.</summary>
    public long? NullRow { get; init; }

    /// <summary>The first row that lacks it.</summary>
    public long? MissingRow { get; init; }

    /// <summary>The first row in which it is a text without a character.</summary>
    public long? EmptyRow { get; init; }

    /// <summary>Of a mixed column, the first row whose kind does not go with the rows before.</summary>
    public long? ConflictRow { get; init; }

    /// <summary>What a mixed column is before that row, and in it.</summary>
    public (ColumnKind Before, ColumnKind There) Conflict { get; init; }

    /// <summary>The keys of objects; of a list the one description of its items.</summary>
    public EquatableArray<ColumnFacts> Children { get; init; }

    /// <summary>Whether it may be null or absent.</summary>
    public bool IsNullable => NullRow is not null || MissingRow is not null || Kind == ColumnKind.Null;

    /// <summary>What messages call its values.</summary>
    public string Description => Describe(Kind) + (Kind == ColumnKind.List && Children.Count == 1 ? Children[0].Kind == ColumnKind.Object ? " of objects" : "" : "");

    /// <summary>What messages call values of a kind.</summary>
    public static string Describe(ColumnKind kind) => kind switch
    {
        ColumnKind.Null => "null",
        ColumnKind.String => "text",
        ColumnKind.Integer => "an integer",
        ColumnKind.Number => "a number",
        ColumnKind.Boolean => "true or false",
        ColumnKind.Object => "an object",
        ColumnKind.List => "a list",
        _ => "of several kinds",
    };
}
