using FineTune.Evaluation;
using Spectre.Console;

namespace FineTune.App.Display;

/// <summary>Completions of held-out rows by both models, beside the expected ones.</summary>
internal static class Examples
{
    /// <summary>Rows spread evenly over all, so that they are not all of the file's first subject.</summary>
    public static IReadOnlyList<RowCompletions> Choose(IReadOnlyList<RowCompletions> rows, int count) =>
        rows.Count <= count ? rows : [.. Enumerable.Range(0, count).Select(i => rows[(int)((long)i * rows.Count / count)])];

    public static void Write(IAnsiConsole console, IEnumerable<RowCompletions> rows)
    {
        foreach (var row in rows)
        {
            console.MarkupLine($"[bold]{TerminalText.Escape(row.Context.TrimEnd())}[/]");
            console.Write(row.Tuned is { } tuned
                ? SideBySide.Of(console.Profile.Width, ("[grey]expected[/]", row.Expected), ("base", row.Base), ("[bold green]tuned[/]", tuned))
                : SideBySide.Of(console.Profile.Width, ("[grey]expected[/]", row.Expected), ("base", row.Base)));
        }
    }
}
