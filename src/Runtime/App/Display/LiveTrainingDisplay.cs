using System.Globalization;
using FineTune.Recipes;
using FineTune.Training;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace FineTune.App.Display;

/// <summary>A bar and the run's numbers, drawn over in place.</summary>
internal sealed class LiveTrainingDisplay(Terminal terminal, RecipeOptions options) : TrainingDisplay(terminal, options)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly List<double> _curve = [];
    private readonly Lock _drawing = new();
    private LiveDisplayContext? _context;
    private TrainingStep? _step;
    private long _drawn;
    private long _stepped;
    private string _note = "";
    private TrainingEvaluation? _evaluation;
    private TrainingEvaluation? _best;

    public override TrainingResult Show(Func<ITrainingObserver, TrainingResult> train) =>
        Console.Live(Text.Empty).Start(context =>
        {
            _context = context;
            // Steps of a large model take long: the clock goes on between them.
            using var clock = new Timer(_ => Draw(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
            context.UpdateTarget(new Markup("[grey]Reading the rows and loading the model …[/]"));
            var result = train(this);
            _context = null;
            Update(context, atEnd: true);
            return result;
        });

    public override void Stepped(TrainingStep step)
    {
        lock (_drawing)
        {
            _curve.Add(step.Reward ?? step.Loss);
            _step = step;
            _stepped = Environment.TickCount64;
        }

        if (step.Step == step.TotalSteps || Environment.TickCount64 - _drawn >= Interval.TotalMilliseconds)
            Draw();
    }

    public override void Evaluated(TrainingEvaluation evaluation)
    {
        lock (_drawing)
            (_evaluation, _best) = (evaluation, evaluation.IsBest ? evaluation : _best);
        Draw();
    }

    public override void CheckpointSaved(int step, string folder)
    {
        _note = $"checkpoint of step {Quantity.Count(step)} saved";
        Draw();
    }

    public override void Notice(string message)
    {
        lock (_drawing)
            Console.Write(new LineAboveLive($"[yellow]{TerminalText.Escape(message)}[/]"));
    }

    protected override void Begin(string summary)
    {
        Console.Write(new LineAboveLive(TerminalText.Escape(summary)));
        _context?.UpdateTarget(new Markup("[grey]First step …[/]"));
    }

    private void Draw()
    {
        if (_context is { } context)
            Update(context, atEnd: false);
    }

    private void Update(LiveDisplayContext context, bool atEnd)
    {
        lock (_drawing)
        {
            if (_step is not { } step)
                return;
            var since = TimeSpan.FromMilliseconds(Environment.TickCount64 - _stepped);
            context.UpdateTarget(Render(step, since, atEnd));
            _drawn = Environment.TickCount64;
        }
    }

    private Rows Render(TrainingStep step, TimeSpan since, bool atEnd)
    {
        var width = Math.Clamp(Console.Profile.Width, 40, 110);
        var unicode = Console.Profile.Capabilities.Unicode;
        var time = atEnd
            ? $"[grey]{Quantity.Duration(step.Elapsed)}[/]"
            : $"[bold]{Quantity.Duration(step.Remaining - since)}[/] left [grey]after {Quantity.Duration(step.Elapsed + since)}[/]";
        var progress = $"step [bold]{Quantity.Count(step.Step)}[/] of {Quantity.Count(step.TotalSteps)}  {time}";
        var bar = ProgressBar.Markup((double)step.Step / step.TotalSteps, width - 2, unicode);
        var curve = unicode ? Sparkline.Of(_curve, 24) : "";
        IRenderable[] lines =
        [
            new Markup(bar),
            new Markup(progress + (_note.Length == 0 ? "" : $"  [grey]{_note}[/]")),
            new Markup(
                (step.Reward is { } reward ? string.Create(CultureInfo.InvariantCulture, $"reward [bold blue]{reward:0.000}[/]") : $"loss [bold blue]{Quantity.Loss(step.Loss)}[/]")
                + $" [blue]{curve}[/]  learning rate {Quantity.LearningRate(step.LearningRate)}  "
                + $"[bold]{Quantity.Count((long)step.TokensPerSecond)}[/] tokens/s  memory {Quantity.Bytes(step.PeakMemoryBytes)}"),
        ];
        return new Rows(_evaluation is null ? lines : [.. lines, new Markup(Evaluation(_evaluation))]);
    }

    private string Evaluation(TrainingEvaluation evaluation) =>
        $"held out: loss [bold blue]{Quantity.Loss(evaluation.Loss)}[/]  perplexity {Quantity.Perplexity(evaluation.Perplexity)}  "
        + $"token accuracy {Quantity.Percent(evaluation.TokenAccuracy)} [grey]after step {Quantity.Count(evaluation.Step)}"
        + (_best is { } best && best != evaluation ? $"; the best so far is that of step {Quantity.Count(best.Step)}[/]" : "[/]");
}
