using FineTune.App.Reports;
using FineTune.Evaluation;
using FineTune.Recipes;
using Spectre.Console;

namespace FineTune.App.Display;

/// <summary>The end of a training run: how good it is, examples, where everything is, what to do next.</summary>
internal static class Closing
{
    public static void Write(IAnsiConsole console, RunOutcome outcome, Func<string, string> invocation)
    {
        var (options, folder) = (outcome.Options, outcome.Folder);
        if (outcome.Report.Evaluation is { } evaluation)
        {
            Evaluation(console, outcome.Pipeline, options, evaluation.Rows, evaluation.Base, evaluation.Tuned);
            Examples.Write(console, outcome.Examples);
        }

        console.WriteLine();
        var adapter = options.Adapter is not null;
        var places = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn();
        places.AddRow(adapter ? "Adapter (PEFT)" : "Model", $"[bold]{TerminalText.Escape(folder.AdapterFolder)}[/]");
        places.AddRow("Report", TerminalText.Escape(folder.ReportFile));
        places.AddRow(options.Training.Samples ? "Reward curve" : "Loss curve", TerminalText.Escape(folder.PlotFile));
        console.Write(places);
        console.WriteLine();
        console.MarkupLine("[grey]Next:[/]");
        Suggest("generate", "asks the base and the tuned model, side by side");
        Suggest("evaluate", "measures again, for example with --set evaluation.rows=1000");
        if (adapter)
            Suggest("merge", "writes a 16-bit model with the adapter merged in");

        void Suggest(string command, string does) =>
            console.MarkupLine($"  {TerminalText.Escape(invocation(command)),-32} [grey]{does}[/]");
    }

    public static void Evaluation(IAnsiConsole console, TrainingPipeline pipeline, RecipeOptions options, int rows, ModelScores @base, ModelScores? tuned)
    {
        console.WriteLine();
        console.Write(ComparisonTable.Of(options.Evaluation.Metrics, pipeline.Metrics, @base, tuned));
        var decoding = options.Evaluation.Metrics.Any(metric => metric != Metric.Perplexity)
            ? $"; ROUGE is the mean F1 of greedy answers of at most {options.Evaluation.MaxNewTokens} tokens"
            : @base.Rewards is not null ? $"; rewards are means over greedy answers of at most {options.MeasuredTokens} tokens" : "";
        console.MarkupLine($"[grey]{Quantity.Count(rows)} held-out rows of {TerminalText.Escape(options.Data.Test ?? options.Data.Train.ToString())}{decoding}[/]");
        console.WriteLine();
    }
}
