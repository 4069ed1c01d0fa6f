using FineTune.Facts;
using FineTune.Keys;
using FineTune.Model;
using Microsoft.CodeAnalysis.CSharp;

namespace FineTune.Reading;

/// <summary>The row type of a recipe that brings none: of the columns of its data, or, where these are not known, of its prompt's fields.</summary>
internal sealed class GeneratedRow
{
    // Members that every record has, or that its generated class has.
    private static readonly string[] Taken =
    [
        "Row", "Equals", "GetHashCode", "GetType", "ToString", "MemberwiseClone", "ReferenceEquals", "Finalize",
        "EqualityContract", "PrintMembers", "Deconstruct", "Clone",
    ];

    private static readonly string[] PipelineMembers = ["Options", "ReadRow", "RenderJson", "Format", "Filter", "Map", "RowCode", "ChatTemplates", "ChatFormat", "Metrics", "Loss", "OnStep", "OnEvaluation", "TextColumns"];

    private readonly HashSet<string> _types;

    private GeneratedRow(string recipe)
    {
        _types = new(Taken.Concat(PipelineMembers).Append(recipe), StringComparer.Ordinal);
    }

    /// <summary>A column for each field, by the field's name, in the order of their first use.</summary>
    public static RowModel OfFields(IEnumerable<PromptTemplatePiece> pieces) => new("Row", Generated: true, new(CreateColumns(
        "Row", pieces.Where(piece => piece.IsField).Select(piece => (piece.Text, new ValueModel(ColumnType.String, Optional: false))))));

    /// <summary>The columns that the data has, in its order; those are left out whose values have no type in common.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="recipe">The recipe's name, that of the class around the types.</param>
    public static RowModel OfData(EquatableArray<ColumnFacts> columns, string recipe) => new GeneratedRow(recipe).CreateRecord("Row", columns);

    private RowModel CreateRecord(string name, EquatableArray<ColumnFacts> columns) => new(name, Generated: true, new(CreateColumns(
        name,
        from column in columns
        let value = CreateValue(column)
        where value is not null
        select (column.Name, value))));

    private ValueModel? CreateValue(ColumnFacts column) => column.Kind switch
    {
        ColumnKind.Null or ColumnKind.String => new(ColumnType.String, column.IsNullable),
        ColumnKind.Integer => new(ColumnType.Int64, column.IsNullable),
        ColumnKind.Number => new(ColumnType.Double, column.IsNullable),
        ColumnKind.Boolean => new(ColumnType.Boolean, column.IsNullable),
        ColumnKind.Object when column.Children.Count > 0 => new(ColumnType.Record, column.IsNullable) { Record = CreateRecord(TypeName(column.Name), column.Children) },
        // Of a list that was always empty no one knows what is in it.
        ColumnKind.List when column.Children.Count == 1 && column.Children[0].Kind != ColumnKind.Null && CreateItem(column) is { } item =>
            new(ColumnType.List, column.IsNullable) { Item = item },
        _ => null,
    };

    private ValueModel? CreateItem(ColumnFacts column) => CreateValue(column.Children[0] with { Name = Singular(column.Name) });

    // A list's items are one of what the list's name says.
    private static string Singular(string name) =>
        name.Length > 3 && name.EndsWith("ies", StringComparison.Ordinal) ? name.Substring(0, name.Length - 3) + "y"
        : name.Length > 2 && name.EndsWith("s", StringComparison.Ordinal) && !name.EndsWith("ss", StringComparison.Ordinal) ? name.Substring(0, name.Length - 1)
        : name;

    private string TypeName(string column)
    {
        var wanted = Identifier.Pascal(column);
        if (!SyntaxFacts.IsValidIdentifier(wanted) || _types.Contains(wanted))
            wanted += "Object";
        var name = wanted;
        for (var number = 2; !SyntaxFacts.IsValidIdentifier(name) || !_types.Add(name); number++)
            name = wanted + number;
        return name;
    }

    private static IEnumerable<ColumnModel> CreateColumns(string type, IEnumerable<(string Name, ValueModel Value)> columns)
    {
        // No member may have its type's name.
        var properties = new HashSet<string>(Taken.Append(type), StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, value) in columns)
        {
            if (!names.Add(name))
                continue;
            var wanted = Identifier.Pascal(name);
            if (!SyntaxFacts.IsValidIdentifier(wanted) || wanted == type || Taken.Contains(wanted))
                wanted += "Column";
            var property = wanted;
            for (var number = 2; !properties.Add(property); number++)
                property = wanted + number;
            yield return new(property, property, value, new([name]));
        }
    }
}
