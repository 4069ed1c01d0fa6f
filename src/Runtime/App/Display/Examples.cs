using FineTune.Evaluation;
using Spectre.Console;

namespace FineTune.App.Display;

/// <summary>Completions of held-out rows by both models, beside the expected ones.</summary>
internal static class Examples
{
    private const int LongestContext = 600;
    private const int LongestAnswer = 240;

    /// <summary>Rows spread evenly over all, so that they are not all of the file's first subject.</summary>
    public static IReadOnlyList<RowCompletions> Choose(IReadOnlyList<RowCompletions> rows, int count) =>
        rows.Count <= count ? rows : [.. Enumerable.Range(0, count).Select(i => rows[(int)((long)i * rows.Count / count)])];

    public static void Write(IAnsiConsole console, IEnumerable<RowCompletions> rows)
    {
        foreach (var row in rows)
        {
            console.MarkupLine($"[bold]{TerminalText.Escape(TerminalText.Cut(row.Context.TrimEnd(), LongestContext))}[/]");
            List<(string, string)> texts = [("base", Shown(row.Base))];
            // Rows whose answers are judged may show none.
            if (row.Expected.Length > 0)
                texts.Insert(0, ("[grey]expected[/]", Shown(row.Expected)));
            if (row.Tuned is { } tuned)
                texts.Add(("[bold green]tuned[/]", Shown(tuned)));
            console.Write(SideBySide.Of(console.Profile.Width, texts));
        }
    }

    // A model that rambles must not push the others off the screen; completions.jsonl has the whole texts.
    private static string Shown(string text) => TerminalText.Cut(text.Trim(), LongestAnswer);
}
