using FineTune.Recipes;
using FineTune.Training;

namespace FineTune.App;

/// <summary>The recipe that a command works on.</summary>
/// <param name="Pipeline">The recipe.</param>
/// <param name="Options">Its options, overrides applied.</param>
/// <param name="Folder">Its run folder.</param>
internal sealed record RecipeSelection(TrainingPipeline Pipeline, RecipeOptions Options, RunFolder Folder)
{
    /// <param name="pipelines">The project's recipes.</param>
    /// <param name="name">The recipe's name, in any case; may be left out if there is only one.</param>
    /// <param name="overrides">Assignments such as <c>training.epochs=2</c>, applied in order.</param>
    /// <exception cref="FineTuneException">FT5001 to FT5003: no recipe, none named, or one that does not exist; or an override is wrong.</exception>
    public static RecipeSelection Of(IReadOnlyList<TrainingPipeline> pipelines, string? name, IEnumerable<string> overrides)
    {
        var pipeline = Find(pipelines, name);
        var options = overrides.Aggregate(pipeline.Options, RecipeOverrides.Apply);
        return new RecipeSelection(pipeline, options, RunFolder.Of(options));
    }

    public static TrainingPipeline? TryFind(IReadOnlyList<TrainingPipeline> pipelines, string name) =>
        pipelines.FirstOrDefault(pipeline => string.Equals(pipeline.Options.Name, name, StringComparison.OrdinalIgnoreCase));

    private static TrainingPipeline Find(IReadOnlyList<TrainingPipeline> pipelines, string? name)
    {
        if (pipelines.Count == 0)
            throw new FineTuneException("FT5003", "This project declares no recipe. Add a '*.recipe.yaml' file or a class with [Recipe<TModel, TRow>].");
        var names = string.Join(", ", pipelines.Select(pipeline => pipeline.Options.Name).Order(StringComparer.Ordinal));
        if (name is not null)
        {
            return TryFind(pipelines, name) ?? throw new FineTuneException(
                "FT5002", $"'{name}' is neither a command nor a recipe. Recipes of this project: {names}. '--help' lists the commands.");
        }

        return pipelines.Count == 1 ? pipelines[0] : throw new FineTuneException(
            "FT5001",
            $"This project has {pipelines.Count} recipes: {names}. Say which one, for example 'dotnet run -- train {pipelines[0].Options.Name}'.");
    }
}
