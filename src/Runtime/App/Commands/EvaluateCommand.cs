using System.CommandLine;
using FineTune.App.Display;
using FineTune.App.Reports;
using FineTune.Evaluation;
using FineTune.Recipes;
using Spectre.Console;

namespace FineTune.App.Commands;

/// <summary><c>evaluate</c>: measures the base and, if there is one, the tuned model on held-out rows.</summary>
internal sealed class EvaluateCommand(CommandContext context)
{
    private readonly RecipeArguments _arguments = new(context);

    private readonly Option<int?> _rows = new("--rows") { Description = "Measures at most this many held-out rows.", HelpName = "n" };

    private readonly Option<int> _examples = new("--examples")
    {
        Description = "Shows the completions of this many rows.",
        HelpName = "n",
        DefaultValueFactory = _ => 5,
    };

    public Command Create()
    {
        var command = new Command("evaluate", "Measures the base and the tuned model on held-out rows.");
        _arguments.AddTo(command);
        command.Options.Add(_rows);
        command.Options.Add(_examples);
        NumberOption.AtLeast(_rows, 1);
        NumberOption.AtLeast(_examples, 0);
        command.SetAction(parsed => Run(_arguments.Select(parsed), parsed.GetValue(_rows), parsed.GetValue(_examples)));
        return command;
    }

    private int Run(RecipeSelection selection, int? rows, int examples)
    {
        var (pipeline, declared, folder) = selection;
        var options = rows is { } count ? declared with { Evaluation = declared.Evaluation with { Rows = count } } : declared;
        Check(pipeline, options);
        var console = context.Terminal.Out;
        var tuned = Directory.Exists(folder.AdapterFolder);
        if (!tuned)
        {
            console.MarkupLine(
                $"[yellow]{TerminalText.Escape(options.Name)} is not trained yet: only the base model is measured.[/] "
                + $"[bold]{TerminalText.Escape(context.Invocation("train", options.Name))}[/] trains it.");
        }

        using var interruption = new Interruption(() => { });
        EvaluationResult result;
        try
        {
            result = EvaluationDisplay.Show(context.Terminal, progress => context.Runner.Evaluate(pipeline, options, folder, progress, interruption.Token));
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            return interruption.ExitCode;
        }

        Closing.Evaluation(console, pipeline, options, result.Rows, result.Base, result.Tuned);
        Examples.Write(console, Examples.Choose(result.Completions, examples));
        if (result.Tuned is not null && ReportFile.Read(folder.ReportFile) is { } report)
        {
            new RunOutcome(folder, pipeline, options, report, []).With(result).Write();
            console.MarkupLine($"[grey]{TerminalText.Escape(folder.ReportFile)} has these scores now.[/]");
        }

        return ExitCode.Done;
    }

    private static void Check(TrainingPipeline pipeline, RecipeOptions options)
    {
        if (options.Evaluation.Metrics.Count == 0 && pipeline.Metrics.Count == 0 && pipeline.RewardWeights.Count == 0)
            throw new FineTuneException("FT5004", $"The recipe '{options.Name}' names no metric, and has no rewards. Add 'evaluation: [perplexity, rougeL]', or [Evaluate(…)].");
        HeldOutRows.Require(options);
    }
}
