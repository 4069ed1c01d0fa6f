using FineTune.Keys;

namespace FineTune.Reading;

/// <summary>Finds recipes that share a name.</summary>
internal static class DuplicateNames
{
    /// <summary>Every recipe whose name, case aside, an earlier one has: C# comes before YAML, else files go by name.</summary>
    public static EquatableArray<DuplicateName> Find(IReadOnlyList<RecipeResult> recipes)
    {
        var first = new Dictionary<string, RecipeName>(StringComparer.OrdinalIgnoreCase);
        var duplicates = new List<DuplicateName>();
        foreach (var name in recipes.Select(recipe => recipe.Name).OfType<RecipeName>())
        {
            if (first.TryGetValue(name.Name, out var other))
                duplicates.Add(new(name, Path.GetFileName(other.Location?.Path ?? "") is { Length: > 0 } file ? file : "this project"));
            else
                first.Add(name.Name, name);
        }

        return new(duplicates);
    }
}
