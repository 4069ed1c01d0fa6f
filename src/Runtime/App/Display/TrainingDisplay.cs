using FineTune.App.Reports;
using FineTune.Recipes;
using FineTune.Training;
using Spectre.Console;

namespace FineTune.App.Display;

/// <summary>Shows a training run while it runs.</summary>
internal abstract class TrainingDisplay(Terminal terminal, RecipeOptions options) : ITrainingObserver
{
    /// <summary>Whether the first step was about to begin: from then on the run folder is the new run's.</summary>
    public bool HasStarted { get; private set; }

    protected IAnsiConsole Console => terminal.Out;

    public static TrainingDisplay For(Terminal terminal, RecipeOptions options) =>
        terminal.Live ? new LiveTrainingDisplay(terminal, options) : new PlainTrainingDisplay(terminal, options);

    /// <summary>Runs the training within the display.</summary>
    public abstract TrainingResult Show(Func<ITrainingObserver, TrainingResult> train);

    public void Started(TrainingPlan plan)
    {
        HasStarted = true;
        Begin(PlanSummary.Line(options, plan));
    }

    public abstract void Stepped(TrainingStep step);

    public abstract void Evaluated(TrainingEvaluation evaluation);

    public abstract void CheckpointSaved(int step, string folder);

    public abstract void Notice(string message);

    /// <summary>The first step is about to begin.</summary>
    /// <param name="summary">The plan in one line.</param>
    protected abstract void Begin(string summary);
}
