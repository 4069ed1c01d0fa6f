using FineTune.Data.Checks;
using Spectre.Console;

namespace FineTune.App.Display;

/// <summary>What a check of rows found: a line a finding, as compilers write them, and a table of the files.</summary>
internal static class DataDisplay
{
    public static void Write(Terminal terminal, IReadOnlyList<CheckedFile> files, int max)
    {
        foreach (var file in files)
            WriteFindings(terminal, file, max);
        if (files.Any(file => file.Findings.Count > 0))
            terminal.Out.WriteLine();
        terminal.Out.Write(Summary(files));
        var errors = files.Sum(file => file.Findings.Count(finding => finding.IsError));
        var warnings = files.Sum(file => file.Findings.Count) - errors;
        terminal.Out.WriteLine();
        terminal.Out.MarkupLine(errors + warnings == 0
            ? "[green]Every row is as it should be.[/]"
            : $"{Counted(errors, "error", "red")}, {Counted(warnings, "warning", "yellow")}.");
    }

    private static void WriteFindings(Terminal terminal, CheckedFile file, int max)
    {
        var shown = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var finding in file.Findings)
        {
            var number = shown[finding.Code] = shown.GetValueOrDefault(finding.Code) + 1;
            if (number <= max)
                Line(terminal, finding.IsError, finding.Line);
        }

        foreach (var (code, count) in shown.Where(code => code.Value > max))
            Line(terminal, isError: false, $"{file.Path}: {Quantity.Count(count - max)} more rows with {code}; --max lists more.");
    }

    // Not through Spectre's layout: tools that read findings want one line each.
    private static void Line(Terminal terminal, bool isError, string text)
    {
        var line = TerminalText.Visible(text);
        if (terminal.Out.Profile.Capabilities is { Ansi: true, ColorSystem: not ColorSystem.NoColors })
            terminal.Out.MarkupLine($"[{(isError ? "red" : "yellow")}]{Markup.Escape(line)}[/]");
        else
            terminal.Out.Profile.Out.Writer.WriteLine(line);
    }

    private static Grid Summary(IReadOnlyList<CheckedFile> files)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3));
        string[] numbers = ["rows", "tokens", "trained", "longest", "too long", "filtered"];
        foreach (var _ in numbers)
            grid.AddColumn(new GridColumn().RightAligned().NoWrap().PadRight(3));
        grid.AddRow(["", .. numbers.Select(name => $"[grey]{name}[/]")]);
        foreach (var file in files)
        {
            grid.AddRow(
                TerminalText.Escape(file.Path), Quantity.Count(file.Rows), Quantity.Short(file.Tokens), Quantity.Percent((double)file.TrainedTokens / Math.Max(1, file.Tokens)),
                Quantity.Count(file.Longest), Quantity.Count(file.TooLong), Quantity.Count(file.Filtered));
        }

        return grid;
    }

    private static string Counted(int count, string what, string colour)
    {
        var text = $"{Quantity.Count(count)} {what}{(count == 1 ? "" : "s")}";
        return count == 0 ? text : $"[{colour}]{text}[/]";
    }
}
