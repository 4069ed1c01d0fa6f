using FineTune.App.Display;
using FineTune.Recipes;

namespace FineTune.App.Commands;

/// <summary>What every command works with.</summary>
/// <param name="Pipelines">The project's recipes.</param>
/// <param name="Runner">Does the work.</param>
/// <param name="Terminal">Where it is shown.</param>
internal sealed record CommandContext(IReadOnlyList<TrainingPipeline> Pipelines, IRecipeRunner Runner, Terminal Terminal)
{
    /// <summary>How a user starts a command on a recipe; the name is left out where it may be.</summary>
    public string Invocation(string command, string recipe) =>
        $"dotnet run -- {command}{(Pipelines.Count > 1 ? " " + recipe : "")}";
}
