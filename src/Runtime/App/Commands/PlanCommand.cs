using System.CommandLine;
using FineTune.App.Display;
using Spectre.Console;

namespace FineTune.App.Commands;

/// <summary><c>plan</c>: what a run would do; nothing is trained.</summary>
internal sealed class PlanCommand(CommandContext context)
{
    private readonly RecipeArguments _arguments = new(context);

    public Command Create()
    {
        var command = new Command("plan", "Shows parameters, memory, tokens and steps of a run. Nothing is trained.");
        _arguments.AddTo(command);
        command.SetAction(parsed => Run(_arguments.Select(parsed)));
        return command;
    }

    private int Run(RecipeSelection selection)
    {
        var plan = context.Runner.Plan(selection.Pipeline, selection.Options);
        context.Terminal.Out.MarkupLine(PlanTable.Title(selection.Options));
        context.Terminal.Out.WriteLine();
        context.Terminal.Out.Write(PlanTable.Of(selection.Options, plan));
        return ExitCode.Done;
    }
}
