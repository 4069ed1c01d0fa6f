using System.Globalization;
using FineTune.Evaluation;
using FineTune.Recipes;
using Spectre.Console;

namespace FineTune.App.Display;

/// <summary>The scores of the base and the tuned model, a line each metric.</summary>
internal static class ComparisonTable
{
    public static Table Of(IReadOnlyList<Metric> metrics, ModelScores @base, ModelScores? tuned)
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
        {
            var before = @base[metric] ?? double.NaN;
            if (tuned is null)
            {
                table.AddRow(Name(metric), Format(metric, before));
                continue;
            }

            var after = tuned[metric] ?? double.NaN;
            var better = metric == Metric.Perplexity ? after < before : after > before;
            var color = after == before ? "grey" : better ? "green" : "red";
            table.AddRow(Name(metric), Format(metric, before), $"[bold]{Format(metric, after)}[/]", $"[{color}]{Change(metric, before, after)}[/]");
        }

        return table;
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

    private static string Format(Metric metric, double value) =>
        value.ToString(metric == Metric.Perplexity ? value < 1000 ? "0.00" : "N0" : "0.000", CultureInfo.InvariantCulture);

    private static string Change(Metric metric, double before, double after) => metric == Metric.Perplexity
        ? (after / before - 1).ToString("+0.0 %;-0.0 %;0 %", CultureInfo.InvariantCulture)
        : (after - before).ToString("+0.000;-0.000;0", CultureInfo.InvariantCulture);
}
