using System.CommandLine;
using FineTune.App.Display;
using FineTune.App.Reports;
using FineTune.Storage;

namespace FineTune.App.Commands;

/// <summary><c>preview</c>: rows as the model sees them.</summary>
internal sealed class PreviewCommand
{
    private const int RowsOnTerminal = 5;
    private const int RowsOfAPage = 100;

    private readonly CommandContext _context;
    private readonly RecipeArguments _arguments;

    private readonly Option<int?> _rows = new("--rows") { Description = $"Shows this many rows. Default: {RowsOnTerminal}, on a page {RowsOfAPage}.", HelpName = "n" };

    private readonly Option<bool> _test = new("--test") { Description = "Shows held-out rows instead of training rows." };

    private readonly Option<string?> _html = new("--html")
    {
        Description = "Writes a page that shows the same in a browser, with the lengths of all rows.",
        HelpName = "file",
    };

    public PreviewCommand(CommandContext context)
    {
        _context = context;
        _arguments = new RecipeArguments(context);
        NumberOption.AtLeast(_rows, 1);
    }

    public Command Create()
    {
        var command = new Command("preview", "Shows rows as the model sees them: their tokens, and which of them are trained.");
        _arguments.AddTo(command);
        command.Options.Add(_rows);
        command.Options.Add(_test);
        command.Options.Add(_html);
        command.SetAction(parsed => Run(_arguments.Select(parsed), parsed.GetValue(_rows), parsed.GetValue(_test), parsed.GetValue(_html)));
        return command;
    }

    private int Run(RecipeSelection selection, int? count, bool test, string? html)
    {
        var (pipeline, options, _) = selection;
        if (test)
            HeldOutRows.Require(options);
        var request = new PreviewRequest(test, count ?? (html is null ? RowsOnTerminal : RowsOfAPage), AllLengths: html is not null);
        var previews = _context.Runner.Preview(pipeline, options, request);
        if (html is null)
        {
            PreviewDisplay.Write(_context.Terminal, previews.Rows, samples: options.Training.Samples);
        }
        else
        {
            AtomicFile.WriteText(html, PreviewPage.Write(options, previews, test));
            _context.Terminal.Out.Profile.Out.Writer.WriteLine($"{Quantity.Count(previews.Rows.Count)} rows are in {TerminalText.Visible(html)}.");
        }

        return previews.Rows.Any(row => row.Findings.Any(finding => finding.IsError)) ? ExitCode.UserMistake : ExitCode.Done;
    }
}
