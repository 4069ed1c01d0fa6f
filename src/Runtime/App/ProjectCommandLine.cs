using System.CommandLine;
using System.CommandLine.Help;
using FineTune.App.Commands;

namespace FineTune.App;

/// <summary>The commands over a project's recipes.</summary>
internal sealed class ProjectCommandLine(CommandContext context)
{
    public int Run(string[] args)
    {
        try
        {
            var parsed = Root().Parse(args);
            if (parsed.Errors.Count > 0)
                throw new FineTuneException("FT5005", string.Join(' ', parsed.Errors.Select(error => error.Message)) + " '--help' shows how a command is used.");
            return parsed.Invoke(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null, // Interruption handles Ctrl-C.
                Output = context.Terminal.Out.Profile.Out.Writer,
                Error = context.Terminal.Error.Profile.Out.Writer,
            });
        }
        catch (Exception exception)
        {
            return FailureReport.Write(context.Terminal.Error, exception);
        }
    }

    private RootCommand Root()
    {
        var root = new RootCommand($"Fine-tunes language models. Recipes of this project: {Recipes()}.");
        var train = new TrainCommand(context);
        root.Subcommands.Add(train.Create());
        root.Subcommands.Add(new PlanCommand(context).Create());
        root.Subcommands.Add(new DataCommand(context).Create());
        root.Subcommands.Add(new PreviewCommand(context).Create());
        root.Subcommands.Add(new EvaluateCommand(context).Create());
        root.Subcommands.Add(new GenerateCommand(context).Create());
        root.Subcommands.Add(new MergeCommand(context).Create());
        root.Subcommands.Add(new ImportCommand(context).Create());
        new TrainCommand(context).AddTo(root);
        foreach (var help in root.Options.OfType<HelpOption>())
            help.Action = new HelpWithExamples((HelpAction)help.Action!);
        foreach (var version in root.Options.OfType<VersionOption>())
            version.Action = new VersionAction();
        return root;
    }

    private string Recipes() =>
        context.Pipelines.Count == 0 ? "none" : string.Join(", ", context.Pipelines.Select(pipeline => pipeline.Options.Name));
}
