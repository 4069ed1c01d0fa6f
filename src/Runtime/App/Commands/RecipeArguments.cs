using System.CommandLine;

namespace FineTune.App.Commands;

/// <summary>The recipe's name and its overrides, the same in every command.</summary>
internal sealed class RecipeArguments(CommandContext context)
{
    public Argument<string?> Name { get; } = new("recipe")
    {
        Description = "The recipe. May be left out if the project has only one.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public Option<string[]> Set { get; } = NewSet();

    /// <summary>The option by which every command changes keys of the recipe.</summary>
    public static Option<string[]> NewSet() => new("--set")
    {
        Description = "Overrides a key of the recipe, with the build's own checks. May be given several times.",
        HelpName = "key=value",
        Arity = ArgumentArity.OneOrMore,
    };

    public void AddTo(Command command)
    {
        // The help of every command shows its parents' arguments: the root's would be a second name before the command.
        Name.Hidden = command is RootCommand;
        UnknownOption.Reject(Name);
        command.Arguments.Add(Name);
        command.Options.Add(Set);
    }

    public RecipeSelection Select(ParseResult parsed) => context.Select(parsed.GetValue(Name), parsed.GetValue(Set) ?? []);
}
