using FineTune.Build.RecipeFiles;

namespace FineTune.Build.Training;

/// <summary>What training depends on besides the compiled code: the files that a recipe names.</summary>
internal static class TrainingInputs
{
    /// <summary>The folder that training writes to, relative to the project.</summary>
    public const string RunsFolder = "runs";

    /// <summary>The recipes in an order in which each comes after those whose results it takes up.</summary>
    public static IReadOnlyList<string> Order(IReadOnlyList<RecipeFileReference> references)
    {
        var recipes = references.Select(reference => reference.Recipe).Distinct(StringComparer.Ordinal).ToList();
        var ordered = new List<string>();
        var visiting = new HashSet<string>(StringComparer.Ordinal);
        foreach (string recipe in recipes)
            Visit(recipe);
        return ordered;

        void Visit(string recipe)
        {
            // A circle has no order; the program itself says that what the first one needs is missing.
            if (ordered.Contains(recipe) || !visiting.Add(recipe))
                return;
            foreach (RecipeFileReference reference in references.Where(reference => reference.Recipe == recipe))
            {
                if (MadeBy(reference.Path) is { } maker && recipes.Contains(maker))
                    Visit(maker);
            }

            ordered.Add(recipe);
        }
    }

    /// <summary>The full paths of the files that a recipe names, and of those in the model folders that it names.</summary>
    public static IEnumerable<string> Files(IEnumerable<RecipeFileReference> references, string projectFolder) => references
        .SelectMany(reference =>
        {
            string path = Path.GetFullPath(reference.Path, projectFolder);
            return Directory.Exists(path) ? Directory.EnumerateFiles(path) : [path];
        })
        .Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal);

    // runs/Other/model is the result of the recipe Other.
    private static string? MadeBy(string path)
    {
        string[] parts = path.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts.SkipWhile(part => part == ".").ToArray() is [RunsFolder, var recipe, ..] ? recipe : null;
    }
}
