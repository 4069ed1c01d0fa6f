using System.Globalization;
using FineTune.Evaluation;
using FineTune.Hooks;
using FineTune.Recipes;
using Spectre.Console;

namespace FineTune.App.Display;

/// <summary>The scores of the base and the tuned model, a line each metric.</summary>
internal static class ComparisonTable
{
    public static Table Of(IReadOnlyList<Metric> metrics, IReadOnlyList<ITextMetric> custom, ModelScores @base, ModelScores? tuned)
    {
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        table.AddColumn("");
        table.AddColumn(new TableColumn("base").RightAligned());
        if (tuned is not null)
        {
            table.AddColumn(new TableColumn("[bold]tuned[/]").RightAligned());
            table.AddColumn(new TableColumn("change").RightAligned());
        }

        foreach (var metric in metrics)
            AddRow(table, Name(metric), @base[metric], tuned is null ? null : tuned[metric] ?? double.NaN, perplexity: metric == Metric.Perplexity, lowerIsBetter: metric == Metric.Perplexity);
        foreach (var (name, score) in @base.Rewards ?? new Dictionary<string, double>())
            AddRow(table, $"reward: {TerminalText.Escape(name)}", score, tuned is null ? null : tuned.Rewards?.GetValueOrDefault(name, double.NaN) ?? double.NaN, perplexity: false, lowerIsBetter: false);
        foreach (var metric in custom)
        {
            AddRow(
                table, TerminalText.Escape(metric.Name) + (metric.LowerIsBetter ? " (lower is better)" : ""),
                Score(@base, metric), tuned is null ? null : Score(tuned, metric) ?? double.NaN, perplexity: false, metric.LowerIsBetter);
        }

        return table;
    }

    private static double? Score(ModelScores scores, ITextMetric metric) =>
        scores.Custom is { } custom && custom.TryGetValue(metric.Name, out var score) ? score : null;

    private static void AddRow(Table table, string name, double? @base, double? tuned, bool perplexity, bool lowerIsBetter)
    {
        var before = @base ?? double.NaN;
        if (tuned is not { } after)
        {
            table.AddRow(name, Format(perplexity, before));
            return;
        }

        var better = lowerIsBetter ? after < before : after > before;
        var color = after == before ? "grey" : better ? "green" : "red";
        table.AddRow(name, Format(perplexity, before), $"[bold]{Format(perplexity, after)}[/]", $"[{color}]{Change(perplexity, before, after)}[/]");
    }

    private static string Name(Metric metric) => metric switch
    {
        Metric.Perplexity => "perplexity (lower is better)",
        Metric.Rouge1 => "ROUGE-1",
        Metric.Rouge2 => "ROUGE-2",
        Metric.RougeL => "ROUGE-L",
        Metric.RougeLsum => "ROUGE-Lsum",
        _ => metric.ToString(),
    };

    private static string Format(bool perplexity, double value) =>
        value.ToString(perplexity ? value < 1000 ? "0.00" : "N0" : "0.000", CultureInfo.InvariantCulture);

    private static string Change(bool perplexity, double before, double after) => perplexity
        ? (after / before - 1).ToString("+0.0 %;-0.0 %;0 %", CultureInfo.InvariantCulture)
        : (after - before).ToString("+0.000;-0.000;0", CultureInfo.InvariantCulture);
}
