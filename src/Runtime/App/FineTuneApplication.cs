using FineTune.App.Commands;
using FineTune.App.Display;
using FineTune.Recipes;

namespace FineTune.App;

/// <summary>The command line of a project without a <c>Main</c> of its own.</summary>
public static class FineTuneApplication
{
    /// <summary>Runs a command line over the project's recipes.</summary>
    /// <param name="args">The arguments, as given to <c>Main</c>; <c>--help</c> explains them.</param>
    /// <param name="pipelines">The project's recipes.</param>
    /// <returns>
    /// The exit code: 0 done, 1 a mistake of the user's, 70 a defect of this library, 130 interrupted (143 by SIGTERM).
    /// </returns>
    public static int Run(string[] args, params IReadOnlyList<TrainingPipeline> pipelines)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(pipelines);
        return new ProjectCommandLine(new CommandContext(pipelines, new RecipeRunner(), Terminal.OfProcess())).Run(args);
    }
}
