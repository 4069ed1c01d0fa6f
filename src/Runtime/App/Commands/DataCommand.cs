using System.CommandLine;
using FineTune.App.Display;

namespace FineTune.App.Commands;

/// <summary><c>data</c>: checks every row, as training would, and reports by file and line.</summary>
internal sealed class DataCommand
{
    private readonly CommandContext _context;
    private readonly RecipeArguments _arguments;

    private readonly Option<int> _max = new("--max") { Description = "Lists at most this many rows of a file for each code.", HelpName = "n", DefaultValueFactory = _ => 20 };

    public DataCommand(CommandContext context)
    {
        _context = context;
        _arguments = new RecipeArguments(context);
        NumberOption.AtLeast(_max, 1);
    }

    public Command Create()
    {
        var command = new Command("data", "Checks every row: what is broken, and what would go wrong in silence. Nothing is trained.");
        _arguments.AddTo(command);
        command.Options.Add(_max);
        command.SetAction(parsed => Run(_arguments.Select(parsed), parsed.GetValue(_max)));
        return command;
    }

    private int Run(RecipeSelection selection, int max)
    {
        var files = _context.Runner.CheckData(selection.Pipeline, selection.Options);
        DataDisplay.Write(_context.Terminal, files, max);
        return files.Any(file => file.Findings.Any(finding => finding.IsError)) ? ExitCode.UserMistake : ExitCode.Done;
    }
}
