using FineTune.Keys;
using FineTune.Model;

namespace FineTune.Reading;

/// <summary>Makes the entry point of a project's recipes.</summary>
internal static class ProgramReader
{
    /// <summary>
    /// The entry point, or <see langword="null"/> if the project needs none. A project whose recipes all have mistakes gets
    /// one too: a missing <c>Main</c> is not what it should hear about.
    /// </summary>
    public static ProgramModel? Read(
        IReadOnlyList<RecipeResult> recipes, EquatableArray<DuplicateName> duplicates, string? className, string rootNamespace)
    {
        if (className is null || recipes.Count == 0)
            return null;
        var classes = recipes
            .Where(recipe => recipe.Model is not null && !duplicates.Any(duplicate => duplicate.Name == recipe.Name))
            .Select(recipe => recipe.Model!)
            .OrderBy(model => model.Name, StringComparer.Ordinal)
            .Select(model => model.FullName);
        return new(rootNamespace, className, new(classes));
    }
}
