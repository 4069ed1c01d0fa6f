using FineTune.Facts;
using FineTune.Facts.Rules;
using FineTune.Keys;
using FineTune.Model;

namespace FineTune.Checking;

/// <summary>
/// Checks the properties of a row type of the C# surface against the columns of the data. A problem's item is the row's property,
/// also where the mistake is in what is nested in it.
/// </summary>
internal static class RowCheck
{
    public static IEnumerable<FactProblem> Check(RowModel row, DataFacts data, Key key) =>
        row.Columns.SelectMany(column => CheckColumn(column, data.Columns, data, key, column.Property, "")).Concat(CheckUnused(row, data, key));

    private static IEnumerable<FactProblem> CheckColumn(
        ColumnModel column, EquatableArray<ColumnFacts> columns, DataFacts data, Key key, string property, string path)
    {
        var found = columns.FirstOrDefault(candidate => column.Names.Contains(candidate.Name));
        if (found is not null)
            return CheckValue(column.Value, found, data, key, property, column.Property, path + found.Name);
        if (column.Value.Optional)
            return [];
        var names = columns.Select(candidate => candidate.Name).ToList();
        var near = column.Names.Select(name => Suggestion.Nearest(name, names)).FirstOrDefault(name => name is not null);
        var advice = near is not null ? $"if '{near}' is meant, write [Column(\"{near}\")] at the property." : $"it has {KeyText.List(names)}.";
        return [new(key, FactCodes.MissingColumn, $"{KeyText.Quote(data.Name)} has no column '{path}{column.Names[0]}' for the property '{column.Property}'; {advice}", property)];
    }

    private static IEnumerable<FactProblem> CheckValue(ValueModel value, ColumnFacts column, DataFacts data, Key key, string property, string own, string path)
    {
        if (column.Kind == ColumnKind.Mixed)
        {
            yield return At(
                FactCodes.MixedColumn,
                $"is {ColumnFacts.Describe(column.Conflict.Before)} at first, but {ColumnFacts.Describe(column.Conflict.There)} in {data.Row(column.ConflictRow ?? 0)}; give it one type.");
            yield break;
        }

        if (!Fits(value.Type, column.Kind, data.Format))
        {
            yield return At(FactCodes.OtherType, $"is {column.Description}, but the property '{own}' takes {Describe(value.Type)}; change one of them.");
            yield break;
        }

        if (!value.Optional && column.IsNullable)
        {
            var (row, what) = column.NullRow is { } none ? (none, "is null") : (column.MissingRow ?? 0, "is missing");
            yield return At(FactCodes.NullValue, $"{what} in {data.Row(row)}, but {(path.EndsWith("]", StringComparison.Ordinal) ? "items of " : "")}the property '{own}' cannot be null; declare {(path.EndsWith("]", StringComparison.Ordinal) ? "their type" : "it")} with '?', or give the row a value.");
        }

        foreach (var problem in CheckWithin(value, column, data, key, property, own, path))
            yield return problem;

        FactProblem At(string code, string what) => new(key, code, $"The column '{path}' of {KeyText.Quote(data.Name)} {what}", property);
    }

    private static IEnumerable<FactProblem> CheckWithin(
        ValueModel value, ColumnFacts column, DataFacts data, Key key, string property, string own, string path)
    {
        if (value.Item is { } item && column.Children.Count == 1)
            return CheckValue(item, column.Children[0], data, key, property, own, path + "[]");
        return value.Record is { } record && column.Kind == ColumnKind.Object
            ? record.Columns.SelectMany(nested => CheckColumn(nested, column.Children, data, key, property, path + "."))
            : [];
    }

    private static IEnumerable<FactProblem> CheckUnused(RowModel row, DataFacts data, Key key)
    {
        var unused = data.Columns.Select(column => column.Name).Where(name => !row.Columns.Any(column => column.Names.Contains(name))).ToList();
        return unused.Count == 0 ? [] : [new(key, FactCodes.UnusedColumns, $"No property reads {KeyText.List(unused)} of {KeyText.Quote(data.Name)}.")];
    }

    private static bool Fits(ColumnType type, ColumnKind kind, DataFormat format) => kind switch
    {
        ColumnKind.Null or ColumnKind.Opaque => true,
        _ when type is ColumnType.Tools or ColumnType.TextOrMessages => true,
        ColumnKind.String when type == ColumnType.Messages => true,
        ColumnKind.List when type == ColumnType.Messages => true,
        // In separated values everything is a text.
        _ when type == ColumnType.String && format is DataFormat.Csv or DataFormat.Tsv => true,
        ColumnKind.String => type == ColumnType.String,
        ColumnKind.Integer => type is ColumnType.Int32 or ColumnType.Int64 or ColumnType.Double,
        ColumnKind.Number => type == ColumnType.Double,
        ColumnKind.Boolean => type == ColumnType.Boolean,
        ColumnKind.Object => type == ColumnType.Record,
        _ => type == ColumnType.List,
    };

    private static string Describe(ColumnType type) => type switch
    {
        ColumnType.String => "text",
        ColumnType.Int32 or ColumnType.Int64 => "an integer",
        ColumnType.Double => "a number",
        ColumnType.Boolean => "true or false",
        ColumnType.Record => "an object",
        _ => "a list",
    };
}
