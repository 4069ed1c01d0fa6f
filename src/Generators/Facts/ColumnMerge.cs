using FineTune.Keys;

namespace FineTune.Facts;

/// <summary>The columns that rows of several files have, for one type that all of them are read into.</summary>
internal static class ColumnMerge
{
    /// <summary>All columns; one that a file lacks may be absent.</summary>
    public static EquatableArray<ColumnFacts> Of(IReadOnlyList<DataFacts> files) => files.Select(file => file.Columns).Aggregate(Merge);

    private static EquatableArray<ColumnFacts> Merge(EquatableArray<ColumnFacts> first, EquatableArray<ColumnFacts> second)
    {
        var common = first.Select(column => second.FirstOrDefault(other => other.Name == column.Name) is { } other ? Merge(column, other) : Absent(column));
        return new(common.Concat(second.Where(column => first.All(other => other.Name != column.Name)).Select(Absent)));
    }

    private static ColumnFacts Merge(ColumnFacts first, ColumnFacts second)
    {
        var kind = (first.Kind, second.Kind) switch
        {
            var (one, other) when one == other => one,
            (ColumnKind.Null, var other) => other,
            (var one, ColumnKind.Null) => one,
            (ColumnKind.Integer, ColumnKind.Number) or (ColumnKind.Number, ColumnKind.Integer) => ColumnKind.Number,
            _ => ColumnKind.Mixed,
        };
        return new(first.Name, kind)
        {
            NullRow = first.NullRow ?? second.NullRow,
            MissingRow = first.MissingRow ?? second.MissingRow ?? (first.Kind == ColumnKind.Null || second.Kind == ColumnKind.Null ? 0 : null),
            Children = kind == ColumnKind.Mixed ? default
                : first.Children.Count == 0 ? second.Children
                : second.Children.Count == 0 ? first.Children
                : Merge(first.Children, second.Children),
        };
    }

    private static ColumnFacts Absent(ColumnFacts column) => column with { MissingRow = column.MissingRow ?? 0 };
}
