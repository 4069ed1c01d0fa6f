using Spectre.Console;
using Spectre.Console.Rendering;

namespace FineTune.App.Display;

/// <summary>Texts beside each other in columns; below each other where the columns would be narrow.</summary>
internal static class SideBySide
{
    private const int NarrowColumn = 24;

    /// <param name="width">The width of the console.</param>
    /// <param name="texts">Headings, as markup, and plain texts.</param>
    public static IRenderable Of(int width, params IReadOnlyList<(string Heading, string Text)> texts) =>
        width / texts.Count >= NarrowColumn ? Columns(width, texts) : Stacked(texts);

    private static Table Columns(int width, IReadOnlyList<(string Heading, string Text)> texts)
    {
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        var column = (Math.Min(width, 140) - 1) / texts.Count - 3; // Borders and padding.
        foreach (var (heading, _) in texts)
            table.AddColumn(new TableColumn(heading) { Width = column });
        table.AddRow(texts.Select(text => new Markup(Shown(text.Text))));
        return table;
    }

    private static Grid Stacked(IReadOnlyList<(string Heading, string Text)> texts)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (var (heading, text) in texts)
            grid.AddRow(new Markup(heading), new Markup(Shown(text)));
        return grid;
    }

    private static string Shown(string text) => string.IsNullOrWhiteSpace(text) ? "[grey](nothing)[/]" : TerminalText.Escape(text.Trim());
}
