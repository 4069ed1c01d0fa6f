using FineTune.App.Display;
using FineTune.Recipes;

namespace FineTune.App.Commands;

/// <summary>What every command works with.</summary>
/// <param name="Pipelines">The project's recipes.</param>
/// <param name="Runner">Does the work.</param>
/// <param name="Terminal">Where it is shown.</param>
internal sealed record CommandContext(IReadOnlyList<TrainingPipeline> Pipelines, IRecipeRunner Runner, Terminal Terminal)
{
    /// <summary>The recipe that a command works on; tells the build's warnings of what the overrides make of it.</summary>
    /// <param name="name">The recipe's name, in any case; may be left out if there is only one.</param>
    /// <param name="overrides">Assignments such as <c>training.epochs=2</c>, applied in order.</param>
    public RecipeSelection Select(string? name, IReadOnlyCollection<string> overrides)
    {
        var selection = RecipeSelection.Of(Pipelines, name, overrides);
        foreach (var warning in RecipeWarnings.Of(selection.Pipeline.Options, selection.Options))
            Terminal.Error.Profile.Out.Writer.WriteLine($"{warning} ({string.Join(' ', overrides.Select(assignment => "--set " + assignment))})");
        return selection;
    }

    /// <summary>How a user starts a command on a recipe; the name is left out where it may be.</summary>
    public string Invocation(string command, string recipe) =>
        $"dotnet run -- {command}{(Pipelines.Count > 1 ? " " + recipe : "")}";
}
