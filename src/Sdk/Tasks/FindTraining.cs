using FineTune.Build.RecipeFiles;
using FineTune.Build.Training;
using FineTune.Keys;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Task = Microsoft.Build.Utilities.Task;

namespace FineTune.Build.Tasks;

/// <summary>Finds the recipes to train, and for each the files on which its result depends.</summary>
public sealed class FindTraining : Task
{
    /// <summary>The compiled assembly, in which the generator noted what recipes name.</summary>
    [Required]
    public string Assembly { get; set; } = "";

    /// <summary>What relative paths start at.</summary>
    [Required]
    public string ProjectFolder { get; set; } = "";

    /// <summary>The project's file, for messages.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>Where stamps of finished training lie.</summary>
    [Required]
    public string StampFolder { get; set; } = "";

    /// <summary>The one recipe to train; all where empty.</summary>
    public string Recipe { get; set; } = "";

    /// <summary>The files on which results depend, each with the metadata <c>Recipe</c> and <c>Stamp</c>.</summary>
    [Output]
    public ITaskItem[] Inputs { get; set; } = [];

    /// <inheritdoc/>
    public override bool Execute()
    {
        string folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(ProjectFolder));
        if (CompiledRecipes.Read(Log, Assembly, "The project's recipes cannot be found", "Build again.") is not { } references)
            return false;

        var recipes = TrainingInputs.Order(references);
        if (recipes.Count == 0)
        {
            Log.ReportError("FT3050", ProjectFile, "The project has no recipe to train. Add a *.recipe.yaml or a class with [Recipe<TModel, TRow>]; with FineTuneCheckFiles=false there is nothing to find them by.");
            return false;
        }

        if (Recipe.Length > 0 && !recipes.Contains(Recipe))
        {
            string suggestion = Suggestion.Nearest(Recipe, recipes) is { } nearest ? $" Did you mean '{nearest}'?" : $" Its recipes are {string.Join(", ", recipes)}.";
            Log.ReportError("FT3051", ProjectFile, $"The project has no recipe '{Recipe}', which the property Recipe names.{suggestion}");
            return false;
        }

        Directory.CreateDirectory(StampFolder);
        Inputs = [.. recipes.Where(recipe => Recipe.Length == 0 || recipe == Recipe).SelectMany(recipe => InputsOf(recipe, references, folder))];
        return !Log.HasLoggedErrors;
    }

    private List<ITaskItem> InputsOf(string recipe, IReadOnlyList<RecipeFileReference> references, string folder)
    {
        string stamp = Path.Combine(StampFolder, recipe + ".trained");
        // Without the result the stamp is worth nothing.
        string run = Path.Combine(folder, TrainingInputs.RunsFolder, recipe);
        if (!File.Exists(Path.Combine(run, "report.json")) || !(Directory.Exists(Path.Combine(run, "adapter")) || Directory.Exists(Path.Combine(run, "model"))))
            File.Delete(stamp);

        string[] files = [.. TrainingInputs.Files(references.Where(reference => reference.Recipe == recipe), folder)];
        // The list itself is an input: a file that is gone has no date.
        string list = Path.Combine(StampFolder, recipe + ".inputs");
        WrittenFile.Update(list, string.Join('\n', files));
        return
        [
            .. files.Where(File.Exists).Append(list).Append(Path.GetFullPath(Assembly)).Select(file =>
            {
                var item = new TaskItem(ItemText.Escape(file));
                item.SetMetadata("Recipe", recipe);
                item.SetMetadata("Stamp", ItemText.Escape(stamp));
                return item;
            }),
        ];
    }
}
