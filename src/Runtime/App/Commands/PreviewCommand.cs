using System.CommandLine;
using FineTune.App.Display;

namespace FineTune.App.Commands;

/// <summary><c>preview</c>: rows as the model sees them.</summary>
internal sealed class PreviewCommand
{
    private readonly CommandContext _context;
    private readonly RecipeArguments _arguments;

    private readonly Option<int> _rows = new("--rows") { Description = "Shows this many rows.", HelpName = "n", DefaultValueFactory = _ => 5 };

    private readonly Option<bool> _test = new("--test") { Description = "Shows held-out rows instead of training rows." };

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
        command.SetAction(parsed => Run(_arguments.Select(parsed), parsed.GetValue(_rows), parsed.GetValue(_test)));
        return command;
    }

    private int Run(RecipeSelection selection, int count, bool test)
    {
        var (pipeline, options, _) = selection;
        if (test)
            HeldOutRows.Require(options);
        PreviewDisplay.Write(_context.Terminal, _context.Runner.Preview(pipeline, options, test, count));
        return ExitCode.Done;
    }
}
