using Spectre.Console;

namespace FineTune.App.Display;

/// <summary>Where a command reads and writes: the process's streams, or those of a test.</summary>
/// <param name="Out">Standard output.</param>
/// <param name="Error">Standard error.</param>
/// <param name="In">Standard input.</param>
/// <param name="InputRedirected">Whether <paramref name="In"/> is a file or a pipe, not a person.</param>
internal sealed record Terminal(IAnsiConsole Out, IAnsiConsole Error, TextReader In, bool InputRedirected)
{
    // Text in a file has no window to fit; tables need some width.
    private const int RedirectedWidth = 120;

    /// <summary>Whether a person watches: then lines may be drawn over.</summary>
    public bool Live => Out.Profile.Capabilities is { Interactive: true, Ansi: true };

    public static Terminal OfProcess() => new(
        Open(Console.Out, Console.IsOutputRedirected),
        Open(Console.Error, Console.IsErrorRedirected),
        Console.In,
        Console.IsInputRedirected);

    /// <summary>A console without colours and without live parts.</summary>
    public static IAnsiConsole Plain(TextWriter writer, int width = RedirectedWidth)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }

    private static IAnsiConsole Open(TextWriter writer, bool redirected) =>
        redirected ? Plain(writer) : AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
}
