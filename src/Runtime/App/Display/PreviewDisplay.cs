using System.Text;
using Spectre.Console;

namespace FineTune.App.Display;

/// <summary>Rows token by token: colours on a terminal, brackets around what is trained elsewhere.</summary>
internal static class PreviewDisplay
{
    // Neighbouring tokens have different shades, so that their borders are seen.
    private static readonly string[] TrainedShades = ["black on green3", "black on darkseagreen3"];
    private static readonly string[] ContextShades = ["white on grey23", "white on grey37"];

    /// <param name="terminal">Where.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="samples">Whether the model goes on from each row itself, and rewards judge what it writes.</param>
    public static void Write(Terminal terminal, IReadOnlyList<PreviewRow> rows, bool samples)
    {
        var colours = terminal.Out.Profile.Capabilities is { Ansi: true, ColorSystem: not ColorSystem.NoColors };
        terminal.Out.MarkupLine(samples ? "Prompts: the model writes what follows, and the recipe's rewards judge it."
            : colours
            ? $"[{TrainedShades[0]}] trained [/] the loss counts these tokens   [{ContextShades[0]}] context [/] it does not   [grey]a change of shade is the border of two tokens[/]"
            : Markup.Escape("[[ … ]] trained: the loss counts these tokens; the rest is context"));
        foreach (var row in rows)
        {
            terminal.Out.WriteLine();
            var trained = row.Tokens.Count(token => token.Trained);
            terminal.Out.MarkupLine($"[grey]{TerminalText.Escape(row.File)}:{row.Line}  {row.Tokens.Count} tokens, {trained} trained[/]");
            if (colours)
                terminal.Out.MarkupLine(Coloured(row.Tokens));
            else
                terminal.Out.Profile.Out.Writer.WriteLine(Bracketed(row.Tokens));
            foreach (var finding in row.Findings)
            {
                var line = TerminalText.Visible($"{(finding.IsError ? "error" : "warning")} {finding.Code}: {finding.Message}");
                if (colours)
                    terminal.Out.MarkupLine($"[{(finding.IsError ? "red" : "yellow")}]{Markup.Escape(line)}[/]");
                else
                    terminal.Out.Profile.Out.Writer.WriteLine(line);
            }
        }
    }

    internal static string Coloured(IReadOnlyList<PreviewToken> tokens)
    {
        var markup = new StringBuilder();
        for (var i = 0; i < tokens.Count; i++)
        {
            var shades = tokens[i].Trained ? TrainedShades : ContextShades;
            // A line end is shown and ends the line; the colour would else run to the window's edge.
            var lines = TerminalText.Escape(tokens[i].Text).Split('\n');
            for (var line = 0; line < lines.Length; line++)
            {
                var text = lines[line] + (line < lines.Length - 1 ? "↵" : "");
                if (text.Length > 0)
                    markup.Append('[').Append(shades[i % 2]).Append(']').Append(text).Append("[/]");
                if (line < lines.Length - 1)
                    markup.Append('\n');
            }
        }

        return markup.ToString();
    }

    internal static string Bracketed(IReadOnlyList<PreviewToken> tokens)
    {
        var text = new StringBuilder();
        var open = false;
        foreach (var token in tokens)
        {
            if (token.Trained != open)
                text.Append(open ? "]]" : "[[");
            open = token.Trained;
            text.Append(TerminalText.Visible(token.Text));
        }

        return text.Append(open ? "]]" : "").ToString();
    }
}
