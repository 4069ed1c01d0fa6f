using FineTune.Evaluation;
using Spectre.Console;

namespace FineTune.App.Display;

/// <summary>Shows how far an evaluation has come.</summary>
internal static class EvaluationDisplay
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    public static EvaluationResult Show(Terminal terminal, Func<IProgress<EvaluationProgress>, EvaluationResult> evaluate) =>
        terminal.Live ? Live(terminal.Out, evaluate) : Plain(terminal.Out, evaluate);

    private static EvaluationResult Live(IAnsiConsole console, Func<IProgress<EvaluationProgress>, EvaluationResult> evaluate) =>
        console.Status().Start("Measuring …", context => evaluate(new Listener(progress => context.Status(Describe(progress)))));

    private static EvaluationResult Plain(IAnsiConsole console, Func<IProgress<EvaluationProgress>, EvaluationResult> evaluate)
    {
        var next = Environment.TickCount64 + (long)Interval.TotalMilliseconds;
        return evaluate(new Listener(progress =>
        {
            if (Environment.TickCount64 < next)
                return;
            next = Environment.TickCount64 + (long)Interval.TotalMilliseconds;
            console.Profile.Out.Writer.WriteLine("measuring: " + Describe(progress));
        }));
    }

    private static string Describe(EvaluationProgress progress) =>
        $"{progress.Activity}: {Quantity.Count(progress.Done)} of {Quantity.Count(progress.Total)} rows";

    // Progress<T> would report on another thread, after the fact.
    private sealed class Listener(Action<EvaluationProgress> report) : IProgress<EvaluationProgress>
    {
        public void Report(EvaluationProgress value) => report(value);
    }
}
