using FineTune.Model;
using FineTune.Reading;
using Microsoft.CodeAnalysis.CSharp;

namespace FineTune.Emit;

/// <summary>Writes how a row is read: a typed reader over UTF-8, and the row's type where the recipe does not bring one.</summary>
internal static class RowEmitter
{
    private const string Columns = "global::FineTune.Recipes.RowColumn";

    public static void EmitReader(RecipeModel recipe, SourceWriter writer)
    {
        var locals = Locals(recipe.Row);
        writer.Line("/// <inheritdoc/>");
        writer.Line($"protected override {recipe.Row.TypeName} ReadRow(ref global::System.Text.Json.Utf8JsonReader reader)");
        writer.Block(() =>
        {
            foreach (var (column, local) in locals)
                writer.Line($"{TypeName(column.Type)}? {local} = null;");
            if (locals.Count > 0)
                writer.Line();
            writer.Line("while (reader.Read() && reader.TokenType == global::System.Text.Json.JsonTokenType.PropertyName)");
            writer.Block(() => EmitColumns(locals, writer));
            writer.Line();
            EmitConstruction(recipe.Row, locals, writer);
        });
    }

    public static void EmitType(RowModel row, SourceWriter writer)
    {
        writer.Line("/// <summary>A row of the data: the columns that the prompt uses.</summary>");
        foreach (var column in row.Columns)
            writer.Line($"/// <param name=\"{column.Property}\">The column <c>{SourceWriter.Comment(column.Names[0])}</c>.</param>");
        var parameters = row.Columns.Select(column => $"{TypeName(column.Type)} {column.Property}");
        writer.Line($"public sealed record {row.TypeName}({string.Join(", ", parameters)});");
    }

    private static void EmitColumns(List<(ColumnModel Column, string Local)> locals, SourceWriter writer)
    {
        var keyword = "if";
        foreach (var (column, local) in locals)
        {
            var name = SourceWriter.Literal(column.Names[0]);
            var matches = column.Names.Select(alternative => $"reader.ValueTextEquals({SourceWriter.Literal(alternative)}u8)");
            writer.Line($"{keyword} ({string.Join(" || ", matches)})");
            writer.Block(() =>
            {
                writer.Line("reader.Read();");
                writer.Line($"{local} = {Read(column, name)};");
            });
            keyword = "else if";
        }

        if (locals.Count == 0)
        {
            writer.Line("reader.Skip();");
            return;
        }

        writer.Line("else");
        writer.Block(() => writer.Line("reader.Skip();"));
    }

    private static string Read(ColumnModel column, string name)
    {
        if (!column.Optional)
            return $"{Columns}.Read{column.Type}(ref reader, {name})";
        return column.Type == ColumnType.String
            ? $"{Columns}.ReadNullableString(ref reader, {name})"
            : $"reader.TokenType == global::System.Text.Json.JsonTokenType.Null ? null : {Columns}.Read{column.Type}(ref reader, {name})";
    }

    private static void EmitConstruction(RowModel row, List<(ColumnModel Column, string Local)> locals, SourceWriter writer)
    {
        var arguments = locals.Where(column => column.Column.Parameter is not null).ToList();
        var properties = locals.Where(column => column.Column.Parameter is null).ToList();
        var call = $"return new {row.TypeName}{(arguments.Count == 0 ? "()" : "(")}{(arguments.Count + properties.Count == 0 ? ";" : "")}";
        writer.Line(call);
        if (arguments.Count > 0)
        {
            writer.Indented(() =>
            {
                for (var i = 0; i < arguments.Count; i++)
                {
                    var (column, local) = arguments[i];
                    var end = i < arguments.Count - 1 ? "," : properties.Count == 0 ? ");" : ")";
                    writer.Line($"{Identifiers.Escape(column.Parameter!)}: {Value(column, local)}{end}");
                }
            });
        }

        if (properties.Count > 0)
        {
            writer.Block(
                () =>
                {
                    foreach (var (column, local) in properties)
                        writer.Line($"{Identifiers.Escape(column.Property)} = {Value(column, local)},");
                },
                ";");
        }
    }

    private static string Value(ColumnModel column, string local) =>
        column.Optional ? local : $"{local} ?? throw {Columns}.Missing({SourceWriter.Literal(column.Names[0])})";

    private static List<(ColumnModel Column, string Local)> Locals(RowModel row)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal) { "reader" };
        var locals = new List<(ColumnModel, string)>();
        foreach (var column in row.Columns)
        {
            var wanted = Identifier.Camel(column.Property);
            var local = wanted;
            for (var number = 2; !taken.Add(local); number++)
                local = wanted + number;
            locals.Add((column, IsReserved(local) ? "@" + local : local));
        }

        return locals;
    }

    private static bool IsReserved(string name) => SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None;

    private static string TypeName(ColumnType type) => type switch
    {
        ColumnType.Int32 => "int",
        ColumnType.Int64 => "long",
        ColumnType.Double => "double",
        ColumnType.Boolean => "bool",
        _ => "string",
    };
}
