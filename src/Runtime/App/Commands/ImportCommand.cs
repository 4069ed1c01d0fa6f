using System.CommandLine;
using FineTune.App.Display;
using FineTune.App.Import;
using FineTune.Keys;
using FineTune.Storage;
using Spectre.Console;

namespace FineTune.App.Commands;

/// <summary><c>import</c>: a configuration of another tool as a recipe.</summary>
internal sealed class ImportCommand(CommandContext context)
{
    private readonly Argument<string> _file = new("file")
    {
        Description = "A YAML configuration of axolotl, LLaMA-Factory or TRL, or an adapter_config.json of PEFT.",
    };

    private readonly Option<string?> _name = new("--name") { Description = "The recipe's name. Default: made of the file's name.", HelpName = "Name" };

    private readonly Option<bool> _force = new("--force") { Description = "Overwrites a recipe that is there." };

    public Command Create()
    {
        var command = new Command("import", "Writes a recipe that trains what a configuration of another tool trains, and lists what differs.");
        UnknownOption.Reject(_file);
        command.Arguments.Add(_file);
        command.Options.Add(_name);
        command.Options.Add(_force);
        command.SetAction(parsed => Run(parsed.GetValue(_file)!, parsed.GetValue(_name), parsed.GetValue(_force)));
        return command;
    }

    private int Run(string file, string? asked, bool force)
    {
        var name = asked ?? NameOf(file);
        if (ClassName.Check(name) is { } problem)
            throw new FineTuneException("FT5005", $"{problem} Give another by '--name'.");
        var target = RecipeFileName.Stem(name) + RecipeFileName.Extension;
        var imported = RecipeImport.Convert(ConfigurationFile.Read(file), Path.GetFileName(file), name);
        foreach (var written in imported.Files.Keys.Prepend(target))
        {
            if (File.Exists(written) && !force)
                throw new FineTuneException("FT5042", $"The {(written == target ? "recipe" : "file")} is there already. Give another name by '--name', or overwrite it by '--force'.", written);
        }

        foreach (var (path, text) in imported.Files)
            AtomicFile.WriteText(path, text);
        AtomicFile.WriteText(target, imported.ToYaml());

        var console = context.Terminal.Out;
        console.MarkupLine($"[green]Wrote[/] [bold]{TerminalText.Escape(target)}[/], made of {TerminalText.Escape(imported.Source)} ({imported.ToolName}).");
        foreach (var path in imported.Files.Keys)
            console.MarkupLine($"[green]Wrote[/] [bold]{TerminalText.Escape(path)}[/], which it names.");
        List(console, "Assumed, please check", imported.Notes.Assumed);
        List(console, "Left out, because it has no equivalent", imported.Notes.Missing);
        if (imported.Notes.Unneeded.Count > 0)
            console.MarkupLine($"[grey]Not needed here: {TerminalText.Escape(string.Join(", ", imported.Notes.Unneeded))}.[/]");
        return ExitCode.Done;
    }

    private static void List(IAnsiConsole console, string title, IReadOnlyList<string> notes)
    {
        if (notes.Count == 0)
            return;
        console.MarkupLine($"[yellow]{title}:[/]");
        foreach (var note in notes)
            console.MarkupLine($"  - {TerminalText.Escape(note)}");
    }

    // adapter_config.json is called so whatever it is for: its folder says more.
    private static string NameOf(string file)
    {
        var plain = Path.GetFileNameWithoutExtension(file);
        if (plain == "adapter_config" && Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(file))) is { Length: > 0 } folder)
            plain = folder;
        var words = new string([.. plain.Select(character => char.IsAsciiLetterOrDigit(character) ? character : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var name = string.Concat(words.Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        return ClassName.Check(name) is null ? name : ClassName.Check("Recipe" + name) is null ? "Recipe" + name : "Imported";
    }
}
