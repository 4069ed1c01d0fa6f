using FineTune.Model;
using FineTune.Reading;
using Microsoft.CodeAnalysis.CSharp;

namespace FineTune.Emit;

/// <summary>Writes how a row is read: a typed reader over UTF-8, one for each object nested in it, and the types that no one else brings.</summary>
internal static class RowEmitter
{
    private const string Reader = "global::System.Text.Json.Utf8JsonReader";

    public static void EmitReader(RecipeModel recipe, SourceWriter writer)
    {
        writer.Line("/// <inheritdoc/>");
        writer.Line($"protected override {recipe.Row.TypeName} ReadRow(ref {Reader} reader)");
        writer.Block(() => EmitBody(recipe.Row, "", "Read", writer));
        EmitNestedReaders(recipe.Row, "", "Read", writer);
    }

    public static void EmitType(RowModel row, SourceWriter writer)
    {
        EmitType(row, "A row of the data.", writer);
        foreach (var nested in Nested(row, "", "").Select(nested => nested.Record).Where(nested => nested.Generated))
        {
            writer.Line();
            EmitType(nested, "An object within a row.", writer);
        }
    }

    private static void EmitType(RowModel row, string summary, SourceWriter writer)
    {
        writer.Line($"/// <summary>{summary}</summary>");
        foreach (var column in row.Columns)
            writer.Line($"/// <param name=\"{column.Property}\">The column <c>{SourceWriter.Comment(column.Names[0])}</c>.</param>");
        var parameters = row.Columns.Select(column => $"{ValueText.NullableTypeName(column.Value)} {column.Property}");
        writer.Line($"public sealed record {row.TypeName}({string.Join(", ", parameters)});");
    }

    private static void EmitNestedReaders(RowModel row, string path, string method, SourceWriter writer)
    {
        foreach (var (record, column, name) in Nested(row, path, method))
        {
            writer.Line();
            writer.Line($"private static {record.TypeName} {name}(ref {Reader} reader)");
            writer.Block(() =>
            {
                writer.Line($"{ValueText.Columns}.ReadObject(ref reader, {SourceWriter.Literal(column)});");
                EmitBody(record, column + ".", name, writer);
            });
        }
    }

    // Every object within a row: its type, the name of its column, and that of the method that reads it.
    private static IEnumerable<(RowModel Record, string Column, string Method)> Nested(RowModel row, string path, string method)
    {
        foreach (var column in row.Columns)
        {
            var (value, name) = (column.Value, path + column.Names[0]);
            for (; value.Type == ColumnType.List; value = value.Item!)
                name += "[]";
            if (value.Record is not { } record)
                continue;
            yield return (record, name, method + column.Property);
            foreach (var deeper in Nested(record, name + ".", method + column.Property))
                yield return deeper;
        }
    }

    private static void EmitBody(RowModel row, string path, string method, SourceWriter writer)
    {
        var locals = Locals(row);
        foreach (var (column, local) in locals)
            writer.Line($"{ValueText.LocalTypeName(column.Value)}? {local} = null;");
        if (locals.Count > 0)
            writer.Line();
        writer.Line("while (reader.Read() && reader.TokenType == global::System.Text.Json.JsonTokenType.PropertyName)");
        writer.Block(() => EmitColumns(locals, path, method, writer));
        writer.Line();
        EmitConstruction(row, path, locals, writer);
    }

    private static void EmitColumns(List<(ColumnModel Column, string Local)> locals, string path, string method, SourceWriter writer)
    {
        var keyword = "if";
        foreach (var (column, local) in locals)
        {
            var matches = column.Names.Select(alternative => $"reader.ValueTextEquals({SourceWriter.Literal(alternative)}u8)");
            writer.Line($"{keyword} ({string.Join(" || ", matches)})");
            writer.Block(() =>
            {
                writer.Line("reader.Read();");
                writer.Line($"{local} = {ValueText.Read(column.Value, path + column.Names[0], method + column.Property, "reader")};");
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

    private static void EmitConstruction(RowModel row, string path, List<(ColumnModel Column, string Local)> locals, SourceWriter writer)
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
                    writer.Line($"{Identifiers.Escape(column.Parameter!)}: {Value(column, path, local)}{end}");
                }
            });
        }

        if (properties.Count > 0)
        {
            writer.Block(
                () =>
                {
                    foreach (var (column, local) in properties)
                        writer.Line($"{Identifiers.Escape(column.Property)} = {Value(column, path, local)},");
                },
                ";");
        }
    }

    private static string Value(ColumnModel column, string path, string local) =>
        column.Value.Optional ? local : $"{local} ?? throw {ValueText.Columns}.Missing({SourceWriter.Literal(path + column.Names[0])})";

    private static List<(ColumnModel Column, string Local)> Locals(RowModel row)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal) { "reader", "item" };
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
}
