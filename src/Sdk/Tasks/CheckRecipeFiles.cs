using FineTune.Build.RecipeFiles;
using FineTune.Build.Training;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Task = Microsoft.Build.Utilities.Task;

namespace FineTune.Build.Tasks;

/// <summary>Reports, where recipes name them, the files and model folders that are missing.</summary>
public sealed class CheckRecipeFiles : Task
{
    /// <summary>The compiled assembly, in which the generator noted what recipes name.</summary>
    [Required]
    public string Assembly { get; set; } = "";

    /// <summary>What relative paths start at.</summary>
    [Required]
    public string ProjectFolder { get; set; } = "";

    /// <summary>Files and folders that will be there before training, though they are not yet.</summary>
    public ITaskItem[] ProducedFiles { get; set; } = [];

    /// <summary>The files that recipes name and that are there, those of model folders among them.</summary>
    [Output]
    public ITaskItem[] Files { get; set; } = [];

    /// <inheritdoc/>
    public override bool Execute()
    {
        string folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(ProjectFolder));
        var check = new RecipeFileCheck(folder, ProducedFiles.Select(file => file.GetMetadata("FullPath")).ToHashSet(StringComparer.Ordinal));
        // Recipes that share a model or rows name them at one place.
        var told = new HashSet<(string, int, int)>();
        var references = CompiledRecipes.Read(
            Log, Assembly, "The files that the recipes name cannot be checked", "Build again, or set FineTuneCheckFiles=false.");
        Files = [.. TrainingInputs.Files(references ?? [], folder).Where(File.Exists).Select(file => new TaskItem(ItemText.Escape(file)))];
        foreach (RecipeFileReference reference in references ?? [])
        {
            if (check.Find(reference) is not { } problem || !told.Add((reference.Source, reference.Line, reference.Column)))
                continue;

            string source = Path.GetFullPath(reference.Source, folder);
            Log.ReportError(problem.Code, source, problem.Message, reference.Line, reference.Column);
        }

        return !Log.HasLoggedErrors;
    }
}
