using FineTune.Model;

namespace FineTune.Emit;

/// <summary>Writes which columns are no text, for files in which everything is.</summary>
internal static class TextColumnsEmitter
{
    private const string Types = "global::FineTune.Recipes.";

    public static void Emit(RowModel row, SourceWriter writer)
    {
        var columns = row.Columns.Where(column => column.Value.IsScalar && (column.Value.Optional || column.Value.Type != ColumnType.String)).ToList();
        if (columns.Count == 0)
            return;
        writer.Line("/// <inheritdoc/>");
        writer.Line($"protected override global::System.Collections.Generic.IReadOnlyList<{Types}TextColumn> TextColumns {{ get; }} =");
        writer.Line("[");
        writer.Indented(() =>
        {
            foreach (var column in columns)
            {
                var names = string.Join(", ", column.Names.Select(SourceWriter.Literal));
                writer.Line($"new({Types}TextColumnType.{TypeOf(column.Value.Type)}, {(column.Value.Optional ? "true" : "false")}, {names}),");
            }
        });
        writer.Line("];").Line();
    }

    private static string TypeOf(ColumnType type) => type switch
    {
        ColumnType.Int32 or ColumnType.Int64 => "Integer",
        ColumnType.Double => "Number",
        ColumnType.Boolean => "Boolean",
        _ => "Text",
    };
}
