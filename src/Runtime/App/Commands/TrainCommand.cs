using System.CommandLine;
using FineTune.App.Display;
using FineTune.App.Reports;
using FineTune.Recipes;
using FineTune.Training;
using Spectre.Console;

namespace FineTune.App.Commands;

/// <summary><c>train</c>: trains, or goes on with an interrupted run, then measures and reports.</summary>
internal sealed class TrainCommand(CommandContext context)
{
    private readonly RecipeArguments _arguments = new(context);

    private readonly Option<bool> _restart = new("--restart")
    {
        Description = "Trains again from the first step. The run so far is kept as runs/<recipe>.previous.",
    };

    private IAnsiConsole Out => context.Terminal.Out;

    public Command Create()
    {
        var command = new Command("train", "Trains a recipe, or goes on where an interrupted run stopped. The command when none is given.");
        AddTo(command);
        return command;
    }

    /// <summary>Makes a command train: this one, and the root command.</summary>
    public void AddTo(Command command)
    {
        _arguments.AddTo(command);
        command.Options.Add(_restart);
        command.SetAction(parsed => Run(_arguments.Select(parsed), parsed.GetValue(_restart)));
    }

    private int Run(RecipeSelection selection, bool restart)
    {
        var (_, options, folder) = selection;
        Out.MarkupLine($"[bold]{TerminalText.Escape(options.Name)}[/]: {TerminalText.Escape(PlanSummary.Method(options))}");
        var inputs = context.Runner.Inputs(options);
        var display = TrainingDisplay.For(context.Terminal, options);
        var training = true;
        using var interruption = new Interruption(() =>
        {
            if (training)
                display.Notice("Stopping after this step, with a checkpoint. Ctrl-C again ends at once.");
        });

        var result = Train(selection, inputs, restart, display, interruption.Token);
        training = false;
        LossPlot.Write(folder.PlotFile, $"{options.Name}: {PlanSummary.Method(options)}", StepMetrics.Read(folder.MetricsFile), EvaluationMetrics.Read(folder.MetricsFile));
        if (result.Interrupted)
        {
            Out.MarkupLine(
                $"Stopped after step {Quantity.Count(result.Steps)}; its checkpoint is saved. "
                + $"[bold]{Invocation(options)}[/] goes on from there.");
            return interruption.ExitCode;
        }

        Out.MarkupLine(result.AlreadyFinished
            ? $"[green]This run is finished already[/]: recipe, data and base model are as they were. [bold]{Invocation(options)} --restart[/] trains again."
            : $"[green]Trained[/] {Quantity.Count(result.Steps)} steps, {Quantity.Short(result.TrainedTokens)} tokens in the loss; "
                + $"{Quantity.Count((long)result.TokensPerSecond)} tokens/s, at most {Quantity.Bytes(result.PeakMemoryBytes)} of memory.");
        return Conclude(selection, result, inputs, interruption);
    }

    private TrainingResult Train(RecipeSelection selection, RunInputs inputs, bool restart, TrainingDisplay display, CancellationToken stop)
    {
        var (pipeline, options, folder) = selection;
        var moved = restart && folder.SetAside();
        if (moved)
            display.Notice($"The run so far is kept in {folder.PreviousPath}.");
        try
        {
            return display.Show(observer => context.Runner.Train(pipeline, options, inputs, folder, observer, stop));
        }
        catch when (moved && !display.HasStarted)
        {
            // A mistake in the recipe or the data must not cost the run that is there.
            folder.TakeBack();
            throw;
        }
    }

    private int Conclude(RecipeSelection selection, TrainingResult result, RunInputs inputs, Interruption interruption)
    {
        var (pipeline, options, folder) = selection;
        var outcome = RunOutcome.Of(folder, pipeline, options, result, inputs);
        outcome.Write();
        if (outcome.NeedsEvaluation)
        {
            try
            {
                var evaluation = EvaluationDisplay.Show(
                    context.Terminal, progress => context.Runner.Evaluate(pipeline, options, folder, progress, interruption.Token));
                outcome = outcome.With(evaluation);
                outcome.Write();
            }
            catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
            {
                Out.MarkupLine($"Stopped while measuring; the result of training is in {TerminalText.Escape(folder.AdapterFolder)}. [bold]{Invocation(options)}[/] measures again.");
                return interruption.ExitCode;
            }
        }

        Closing.Write(Out, outcome, command => context.Invocation(command, options.Name));
        return ExitCode.Done;
    }

    private string Invocation(RecipeOptions options) => TerminalText.Escape(context.Invocation("train", options.Name));
}
