using Spectre.Console;
using Spectre.Console.Rendering;

namespace FineTune.App.Display;

/// <summary>
/// A line printed while a live display is drawn: it takes the display's place, and the display is drawn again below it. What
/// was on the screen there is erased first; Spectre would write over it and leave the rest of longer lines.
/// </summary>
internal sealed class LineAboveLive(string markup) : Renderable
{
    private const string EraseToEndOfScreen = "\u001B[J";

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) =>
        [Segment.Control(EraseToEndOfScreen), .. ((IRenderable)new Markup(markup)).Render(options, maxWidth), Segment.LineBreak];
}
