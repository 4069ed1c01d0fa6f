using FineTune.Reading;

namespace FineTune.Emit;

/// <summary>Writes down which files recipes name and where, for the build's check after compilation.</summary>
internal static class RecipeFilesEmitter
{
    public const string HintName = "RecipeFiles.g.cs";

    /// <summary>Emits an attribute a file, or nothing where no recipe names any.</summary>
    /// <param name="recipes">The recipes without mistakes.</param>
    /// <param name="projectFolder">What sources are told relative to, so that the result is the same on every machine.</param>
    public static string? Emit(IEnumerable<RecipeResult> recipes, string projectFolder)
    {
        var lines = new List<string>();
        foreach (var recipe in recipes.Where(recipe => recipe.Model is not null))
        {
            foreach (var file in recipe.Files)
            {
                var start = file.Location.Lines.Start;
                var texts = new[] { recipe.Model!.Name, file.Key, file.Path, RelativePath.From(projectFolder, file.Location.Path) };
                lines.Add($"[assembly: global::FineTune.Recipes.RecipeFile({string.Join(", ", texts.Select(SourceWriter.Literal))}, {start.Line + 1}, {start.Character + 1})]");
            }
        }

        if (lines.Count == 0)
            return null;
        var writer = new SourceWriter();
        GeneratedHeader.Write(writer, "");
        foreach (var line in lines)
            writer.Line(line);
        return writer.ToString();
    }
}
