using FineTune.Facts;
using FineTune.Keys;
using FineTune.Model;
using FineTune.Reading;

namespace FineTune.Checking;

/// <summary>The row type of a recipe whose rows have one of the field's shapes.</summary>
internal static class ShapeRow
{
    /// <summary>The type of a recipe that brings none: the shape's columns, and whatever else the data has.</summary>
    /// <param name="type">The shape.</param>
    /// <param name="settings">The recipe's keys.</param>
    /// <param name="data">What is known of the data.</param>
    /// <param name="recipe">The recipe's name.</param>
    public static (RowModel Row, ShapeModel Shape) Create(string type, KeySettings settings, DataFacts? data, string recipe)
    {
        var columns = ShapeTable.Of(type).Select(column => CreateColumn(column, type, settings, data)).ToList();
        var shape = new ShapeModel(type, new(ShapeTable.Of(type).Zip(columns, (column, model) => new ShapeProperty(column.Name, model.Property))));
        if (data is { Rows: > 0 })
        {
            var further = data.Columns.Where(column => columns.TrueForAll(own => own.Names[0] != column.Name));
            columns.AddRange(GeneratedRow.OfData(new(further), recipe).Columns.Where(column => columns.TrueForAll(own => own.Property != column.Property)));
        }

        return (new("Row", Generated: true, new(columns)), shape);
    }

    /// <summary>The shape of a type that the project brings, and the type with its messages read as the recipe says.</summary>
    /// <param name="type">The shape.</param>
    /// <param name="settings">The keys that its attributes give.</param>
    /// <param name="row">The type.</param>
    public static (RowModel Row, ShapeModel Shape) Bind(string type, KeySettings settings, RowModel row)
    {
        var properties = new List<ShapeProperty>();
        var columns = row.Columns.ToList();
        foreach (var column in ShapeTable.Of(type))
        {
            var index = ShapeTable.Find(row, column) is { } found ? columns.IndexOf(found) : -1;
            if (index < 0)
                continue;
            if (columns[index].Value.Type == ColumnType.Messages)
                columns[index] = columns[index] with { Value = columns[index].Value with { Messages = FieldsOf(type, settings) } };
            properties.Add(new(column.Name, columns[index].Property));
        }

        return (row with { Columns = new(columns) }, new(type, new(properties)));
    }

    private static ColumnModel CreateColumn(ShapeColumn column, string type, KeySettings settings, DataFacts? data)
    {
        var name = column.Types[0] == ColumnType.Messages && settings.TryGet(DataKeys.MessagesColumn, out var given) && given is KeyValue.Text text ? text.Value : column.Name;
        var known = data?.Columns.FirstOrDefault(candidate => candidate.Name == name);
        // Of rows that all have texts, the row's own code need not ask which it is.
        var isText = column.Types.Contains(ColumnType.String) && known?.Kind == ColumnKind.String && AllTexts(type, data!);
        var value = new ValueModel(isText ? ColumnType.String : column.Types[0], Optional: !column.Required)
        {
            Messages = column.Types[0] == ColumnType.Messages ? FieldsOf(type, settings) : null,
        };
        var property = Identifier.Pascal(column.Name);
        return new(property, property, value, new([name]));
    }

    private static bool AllTexts(string type, DataFacts data) =>
        ShapeTable.Of(type).Where(column => column.Types.Contains(ColumnType.String))
            .All(column => data.Columns.FirstOrDefault(candidate => candidate.Name == column.Name)?.Kind is null or ColumnKind.String or ColumnKind.Null);

    private static MessageFields? FieldsOf(string type, KeySettings settings)
    {
        var isShareGpt = type == "sharegpt";
        var (role, content) = (Given(DataKeys.RoleField), Given(DataKeys.ContentField));
        return isShareGpt || role is not null || content is not null
            ? new(role ?? (isShareGpt ? "from" : "role"), content ?? (isShareGpt ? "value" : "content"), isShareGpt)
            : null;

        string? Given(Key key) => settings.TryGet(key, out var value) ? (value as KeyValue.Text)?.Value : null;
    }
}
