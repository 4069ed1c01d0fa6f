using FineTune.Facts;
using FineTune.Model;

namespace FineTune.Checking;

/// <summary>The columns of each of the field's shapes, and how a shape is recognised.</summary>
internal static class ShapeTable
{
    private static readonly ColumnType[] Turns = [ColumnType.TextOrMessages, ColumnType.String, ColumnType.Messages];
    private static readonly ShapeColumn ToolsColumn = new("tools", Required: false, ColumnType.Tools);

    /// <summary>The shapes, by their names in <c>data.type</c>; of several that fit, the first is meant.</summary>
    private static readonly (string Type, DataShape Shape, ShapeColumn[] Columns)[] All =
    [
        ("messages", DataShape.Messages, [new("messages", true, ColumnType.Messages), ToolsColumn]),
        ("sharegpt", DataShape.ShareGpt, [new("conversations", true, ColumnType.Messages), new("system", false, ColumnType.String), ToolsColumn]),
        ("preference", DataShape.Preference, [new("prompt", false, Turns), new("chosen", true, Turns), new("rejected", true, Turns), ToolsColumn]),
        ("unpaired_preference", DataShape.Labelled, [new("prompt", true, Turns), new("completion", true, Turns), new("label", true, ColumnType.Boolean), ToolsColumn]),
        ("prompt_completion", DataShape.PromptCompletion, [new("prompt", true, Turns), new("completion", true, Turns), ToolsColumn]),
        ("alpaca", DataShape.Alpaca, [new("instruction", true, ColumnType.String), new("input", false, ColumnType.String), new("output", true, ColumnType.String)]),
        ("text", DataShape.Text, [new("text", true, ColumnType.String)]),
    ];

    /// <summary>The columns of a shape.</summary>
    public static IReadOnlyList<ShapeColumn> Of(string type) => All.First(shape => shape.Type == type).Columns;

    /// <summary>The shape that data has; <see langword="null"/> if it has none of these.</summary>
    public static string? Recognise(DataFacts data) =>
        DataShapes.Of(data) is var found && found != DataShape.Other ? All.First(shape => shape.Shape == found).Type : null;

    /// <summary>The column of messages in data, where it has another name than the shape's; <see langword="null"/> if there is none.</summary>
    public static string? OtherMessagesColumn(string type, DataFacts data)
    {
        var wanted = Of(type)[0];
        var fields = type == "sharegpt" ? new[] { "from", "value" } : ["role", "content"];
        return wanted.Types[0] != ColumnType.Messages || data.Columns.Any(column => column.Name == wanted.Name) ? null
            : data.Columns.FirstOrDefault(column => column is { Kind: ColumnKind.List, Children.Count: 1 }
                && fields.All(field => column.Children[0].Children.Any(key => key.Name == field)))?.Name;
    }

    /// <summary>The shape that a row type has, by its properties; <see langword="null"/> if it has none of these.</summary>
    public static string? Recognise(RowModel row) =>
        All.FirstOrDefault(shape => shape.Columns.Where(column => column.Required).All(column => Find(row, column) is { } found && column.Types.Contains(found.Value.Type))).Type;

    /// <summary>The column of a row type that stands for a column of a shape.</summary>
    public static ColumnModel? Find(RowModel row, ShapeColumn column) =>
        row.Columns.FirstOrDefault(candidate => candidate.Names.Contains(column.Name) || Reading.Identifier.Snake(candidate.Property) == column.Name);
}
