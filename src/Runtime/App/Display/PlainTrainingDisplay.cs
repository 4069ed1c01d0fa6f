using System.Globalization;
using FineTune.Recipes;
using FineTune.Training;

namespace FineTune.App.Display;

/// <summary>Lines for a log: the first step, one about every five seconds, and the last.</summary>
internal sealed class PlainTrainingDisplay(Terminal terminal, RecipeOptions options) : TrainingDisplay(terminal, options)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private TimeSpan _next;

    public override TrainingResult Show(Func<ITrainingObserver, TrainingResult> train) => train(this);

    public override void Stepped(TrainingStep step)
    {
        var first = _next == TimeSpan.Zero;
        if (!first && step.Elapsed < _next && step.Step < step.TotalSteps)
            return;
        _next = step.Elapsed + Interval;
        Write(string.Create(
            CultureInfo.InvariantCulture,
            $"step {Padded(step)}  {Reward(step)}loss {Quantity.Loss(step.Loss)}  learning rate {Quantity.LearningRate(step.LearningRate),-8}  ")
            + string.Create(CultureInfo.InvariantCulture, $"gradient norm {step.GradNorm,-7:0.000}  ")
            + $"{Quantity.Count((long)step.TokensPerSecond)} tokens/s  "
            + $"memory {Quantity.Bytes(step.PeakMemoryBytes)}  {Quantity.Duration(step.Remaining)} left");
    }

    public override void Evaluated(TrainingEvaluation evaluation) => Write(
        $"evaluation after step {Quantity.Count(evaluation.Step)}: loss {Quantity.Loss(evaluation.Loss)}  perplexity {Quantity.Perplexity(evaluation.Perplexity)}  "
        + $"token accuracy {Quantity.Percent(evaluation.TokenAccuracy)}{(evaluation.IsBest ? "  the best so far" : "")}");

    public override void CheckpointSaved(int step, string folder) => Write($"checkpoint of step {step} in {folder}");

    public override void Notice(string message) => Write(message);

    protected override void Begin(string summary) => Write(summary);

    private static string Reward(TrainingStep step) =>
        step.Reward is { } reward ? string.Create(CultureInfo.InvariantCulture, $"reward {reward:0.000}  ") : "";

    private static string Padded(TrainingStep step)
    {
        var total = Quantity.Count(step.TotalSteps);
        return $"{Quantity.Count(step.Step).PadLeft(total.Length)} of {total}";
    }

    // Not through Spectre's layout, which would break a line at the console's width.
    private void Write(string line) => Console.Profile.Out.Writer.WriteLine(TerminalText.Visible(line));
}
