using FineTune.Facts;
using FineTune.Facts.Rules;
using FineTune.Keys;
using FineTune.Recipes;

namespace FineTune.Training;

/// <summary>
/// Checks a recipe against its model's folder as the build does where the folder is there already: by the same rules, with the
/// same codes.
/// </summary>
internal static class ModelFactsCheck
{
    /// <returns>What is no error but should be known.</returns>
    /// <exception cref="FineTuneException">FT13xx: the recipe does not go with the model. Others: a file of the folder is broken.</exception>
    public static IReadOnlyList<string> Check(RecipeOptions options)
    {
        var isRandom = options.Model.Initialization == ModelInitialization.Random;
        var facts = ModelFolderReader.Read(options.Model.Base, options.Model.Base, withWeights: !isRandom);
        var settings = RecipeBindings.Settings(options);
        var problems = ModelRules.Check(facts, isRandom).Concat(ModelUseRules.Check(facts, settings, KeySurface.Yaml)).ToList();
        if (problems.Find(problem => FactCodes.IsError(problem.Code)) is { } error)
            throw new FineTuneException(error.Code, error.Message, error.Key.Path);
        return [.. problems.Where(problem => FactCodes.IsWarning(problem.Code)).Select(problem => $"{problem.Code}: {problem.Message}")];
    }
}
