using System.CommandLine;
using FineTune.Recipes;

namespace FineTune.App.Commands;

/// <summary>The recipe's name and its overrides, the same in every command.</summary>
internal sealed class RecipeArguments(IReadOnlyList<TrainingPipeline> pipelines)
{
    public Argument<string?> Name { get; } = new("recipe")
    {
        Description = "The recipe. May be left out if the project has only one.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public void AddTo(Command command)
    {
        UnknownOption.Reject(Name);
        command.Arguments.Add(Name);
    }

    public RecipeSelection Select(ParseResult parsed) => RecipeSelection.Of(pipelines, parsed.GetValue(Name));
}
