using System.CommandLine;
using FineTune.App.Display;
using Spectre.Console;

namespace FineTune.App.Commands;

/// <summary><c>merge</c>: the adapter merged into a 16-bit model folder.</summary>
internal sealed class MergeCommand(CommandContext context)
{
    // bf16 keeps 8 bits of a weight: a small update can vanish in it. More than this is worth a warning.
    private const double NoticeableLoss = 0.05;

    private readonly RecipeArguments _arguments = new(context);

    private readonly Option<string?> _output = new("--output")
    {
        Description = "The folder to write, which must not exist yet or be empty. Default: runs/<recipe>/merged.",
        HelpName = "folder",
    };

    public Command Create()
    {
        var command = new Command("merge", "Writes a Hugging Face folder of 16-bit weights with the adapter merged in.");
        _arguments.AddTo(command);
        command.Options.Add(_output);
        command.SetAction(parsed => Run(_arguments.Select(parsed), parsed.GetValue(_output)));
        return command;
    }

    private int Run(RecipeSelection selection, string? output)
    {
        var (_, options, folder) = selection;
        if (options.Adapter is null)
            throw new FineTuneException("FT5010", $"The recipe '{options.Name}' has no adapter: {folder.AdapterFolder} is a whole model already.");
        if (!Directory.Exists(folder.AdapterFolder))
            throw new FineTuneException("FT5010", $"The recipe '{options.Name}' is not trained yet: '{context.Invocation("train", options.Name)}' trains it.", folder.AdapterFolder);
        var target = output ?? Path.Combine(folder.Path, "merged");
        if (output is not null && (File.Exists(output) || (Directory.Exists(output) && Directory.EnumerateFileSystemEntries(output).Any())))
            throw new FineTuneException("FT5010", "The folder for the merged model is not empty. Name another with '--output', or delete it.", output);

        var result = context.Runner.Merge(options, folder, target);
        var console = context.Terminal.Out;
        console.MarkupLine(
            $"[green]Merged[/] the adapter into {result.Layers} layers: [bold]{TerminalText.Escape(target)}[/], {Quantity.Bytes(result.Bytes)} in {result.DType}.");
        var lost = $"Rounding to {result.DType} lost {Quantity.Percent(Math.Max(0, result.LostShare))} of the adapter's change.";
        console.MarkupLine(result.LostShare > NoticeableLoss
            ? $"[yellow]{lost} The merged model answers a little differently; the adapter beside the base model is exact.[/]"
            : $"[grey]{lost}[/]");
        return ExitCode.Done;
    }
}
