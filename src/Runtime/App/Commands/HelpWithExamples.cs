using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace FineTune.App.Commands;

/// <summary>The usual help, followed by examples.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    private static readonly Dictionary<string, string[]> Examples = new(StringComparer.Ordinal)
    {
        [""] =
        [
            "dotnet run                                    train, then compare the base and the tuned model",
            "dotnet run -- plan                            what training would do and need",
            "dotnet run -- data                            check every row",
            "dotnet run -- preview                         rows as the model sees them",
            "dotnet run -- generate --help                 how a command is used",
        ],
        ["train"] =
        [
            "dotnet run -- train",
            "dotnet run -- train --restart --set training.epochs=2",
            "dotnet run -- train --set training.learning_rate=1e-4 --set adapter.rank=8",
        ],
        ["plan"] = ["dotnet run -- plan", "dotnet run -- plan --set training.tokens_per_batch=16384"],
        ["data"] = ["dotnet run -- data", "dotnet run -- data --max 1000 > findings.txt"],
        ["preview"] = ["dotnet run -- preview", "dotnet run -- preview --rows 20 --test", "dotnet run -- preview --html preview.html"],
        ["evaluate"] = ["dotnet run -- evaluate", "dotnet run -- evaluate --rows 1000 --examples 20"],
        ["generate"] =
        [
            "dotnet run -- generate 'Member: public string Trim()'",
            "dotnet run -- generate '{\"signature\": \"public string Trim()\"}'",
            "dotnet run -- generate --temperature 0.8 --top-p 0.95 --seed 7 < prompts.txt",
        ],
        ["import"] = ["dotnet run -- import axolotl.yml", "dotnet run -- import ../adapters/math/adapter_config.json --name Math"],
        ["merge"] = ["dotnet run -- merge", "dotnet run -- merge --output ../models/described"],
    };

    public override int Invoke(ParseResult parseResult)
    {
        var code = help.Invoke(parseResult);
        var command = parseResult.CommandResult.Command;
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var example in Examples[command is RootCommand ? "" : command.Name])
            output.WriteLine("  " + example);
        output.WriteLine();
        return code;
    }
}
