using System.Text;
using FineTune.Generation;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace FineTune.App.Display;

/// <summary>Shows continuations while they are generated: in columns on a terminal, one after the other in a file.</summary>
internal sealed class ContinuationDisplay(Terminal terminal, ITextModels models, GenerationOptions options)
{
    // Redrawing costs more than a token of a small model.
    private const long MillisecondsBetweenDrawings = 50;

    private IReadOnlyList<(string Name, bool Tuned)> Models => models.HasTuned ? [("base", false), ("tuned", true)] : [("base", false)];

    public void Notice(string message)
    {
        if (terminal.Live)
            terminal.Out.MarkupLine($"[yellow]{TerminalText.Escape(message)}[/]");
        else
            terminal.Error.Profile.Out.Writer.WriteLine(TerminalText.Visible(message));
    }

    public void Show(string context, CancellationToken stop)
    {
        if (terminal.Live)
            ShowLive(context, stop);
        else
            ShowPlain(context, stop);
    }

    private void ShowPlain(string context, CancellationToken stop)
    {
        var writer = terminal.Out.Profile.Out.Writer;
        writer.WriteLine("prompt: " + TerminalText.Visible(context));
        foreach (var (name, tuned) in Models)
        {
            var text = models.Continue(tuned, context, options, _ => { }, stop);
            writer.WriteLine($"{name}: {TerminalText.Visible(text.Trim())}");
        }

        writer.WriteLine();
    }

    private void ShowLive(string context, CancellationToken stop)
    {
        terminal.Out.MarkupLine($"[bold]{TerminalText.Escape(context)}[/]");
        var texts = Models.Select(_ => new StringBuilder()).ToArray();
        terminal.Out.Live(Render(texts)).Start(live =>
        {
            var drawn = 0L;
            for (var i = 0; i < texts.Length; i++)
            {
                var text = texts[i];
                models.Continue(Models[i].Tuned, context, options, piece =>
                {
                    text.Append(piece);
                    if (Environment.TickCount64 - drawn < MillisecondsBetweenDrawings)
                        return;
                    drawn = Environment.TickCount64;
                    live.UpdateTarget(Render(texts));
                }, stop);
                live.UpdateTarget(Render(texts));
            }
        });
        terminal.Out.WriteLine();
    }

    private IRenderable Render(StringBuilder[] texts) => SideBySide.Of(
        terminal.Out.Profile.Width,
        [.. Models.Zip(texts, (model, text) => (model.Tuned ? "[bold green]tuned[/]" : "base", text.ToString()))]);
}
