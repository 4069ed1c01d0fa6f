using FineTune.Keys;
using FineTune.Rules;

namespace FineTune.Recipes;

/// <summary>The build's warnings of a recipe that was changed after the build.</summary>
internal static class RecipeWarnings
{
    /// <summary>What the changed recipe is warned of and the built one was not, each as <c>warning FT1080: …</c>.</summary>
    public static IReadOnlyList<string> Of(RecipeOptions built, RecipeOptions changed)
    {
        var known = Find(built).Select(found => found.Problem.Message).ToHashSet(StringComparer.Ordinal);
        return [.. Find(changed).Select(found => found.Problem).Where(problem => !known.Contains(problem.Message)).Select(problem => $"warning {problem.Code}: {problem.Message}")];
    }

    private static IEnumerable<(RecipeRule Rule, KeyProblem Problem)> Find(RecipeOptions recipe) =>
        RecipeRules.Check(RecipeBindings.Settings(recipe), KeySurface.Yaml, _ => true).Where(found => found.Rule is { Severity: RuleSeverity.Warning, OfRecipesAlone: false });
}
