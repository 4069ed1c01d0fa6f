using FineTune.Model;
using Microsoft.CodeAnalysis.CSharp;

namespace FineTune.Reading;

/// <summary>The columns of a row type that is made of a prompt's fields.</summary>
internal static class RowColumnNames
{
    // Members that every record has, or that its generated class has.
    private static readonly string[] Taken =
    [
        "Row", "Equals", "GetHashCode", "GetType", "ToString", "MemberwiseClone", "ReferenceEquals", "Finalize",
        "EqualityContract", "PrintMembers", "Deconstruct", "Clone",
    ];

    /// <summary>A column for each field, by the field's name, in the order of their first use.</summary>
    public static IReadOnlyList<ColumnModel> Create(IEnumerable<PromptTemplatePiece> pieces)
    {
        var columns = new List<ColumnModel>();
        var properties = new HashSet<string>(Taken, StringComparer.Ordinal);
        foreach (var name in pieces.Where(piece => piece.IsField).Select(piece => piece.Text).Distinct(StringComparer.Ordinal))
        {
            var wanted = Identifier.Pascal(name);
            if (!SyntaxFacts.IsValidIdentifier(wanted) || Taken.Contains(wanted))
                wanted += "Column";
            var property = wanted;
            for (var number = 2; !properties.Add(property); number++)
                property = wanted + number;
            columns.Add(new(property, property, ColumnType.String, Optional: false, new([name])));
        }

        return columns;
    }
}
