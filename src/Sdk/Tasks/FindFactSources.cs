using FineTune.Build.Facts;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Task = Microsoft.Build.Utilities.Task;

namespace FineTune.Build.Tasks;

/// <summary>
/// Finds, before the compiler runs, the model folders and data files that recipes name and that are on disk, and names the
/// files that their facts go to.
/// </summary>
public sealed class FindFactSources : Task
{
    /// <summary>The recipes in YAML.</summary>
    public ITaskItem[] Recipes { get; set; } = [];

    /// <summary>The C# sources.</summary>
    public ITaskItem[] Sources { get; set; } = [];

    /// <summary>What relative paths start at.</summary>
    [Required]
    public string ProjectFolder { get; set; } = "";

    /// <summary>Where the facts go. What lies there of sources that are gone is deleted.</summary>
    [Required]
    public string FactsFolder { get; set; } = "";

    /// <summary>Gets a line for each file that the compiler shall get, where it exists: path, kind and name, between bars.</summary>
    [Required]
    public string ListFile { get; set; } = "";

    /// <summary>
    /// The fact files, with metadata <c>IsModel</c>, <c>Name</c>, <c>Source</c>, <c>Inputs</c>, <c>Stamp</c>, <c>Template</c> and
    /// <c>Written</c>.
    /// </summary>
    [Output]
    public ITaskItem[] FactSources { get; private set; } = [];

    /// <inheritdoc/>
    public override bool Execute()
    {
        try
        {
            string folder = Path.GetFullPath(ProjectFolder);
            List<FactFiles> files = [.. Find().Distinct().Select(source => FactFiles.Of(source, folder, FactsFolder)).OfType<FactFiles>()];
            foreach (FactFiles file in files)
                WrittenFile.Update(file.InputList, string.Join('\n', file.Inputs));
            DeleteOthers(files);
            WrittenFile.Update(ListFile, string.Concat(List(files).Select(line => line + "\n")));
            FactSources = [.. files.Select(ToItem)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.ReportError("FT3030", null, $"What the recipes' models and data look like cannot be noted in '{FactsFolder}': {e.Message}");
        }

        return !Log.HasLoggedErrors;
    }

    private IEnumerable<FactSource> Find() =>
        Recipes.SelectMany(recipe => YamlFactSources.Find(Read(recipe))).Concat(Sources.SelectMany(source => CSharpFactSources.Find(Read(source))));

    // A file that is not there is the compiler's to report.
    private static string Read(ITaskItem file) => file.GetMetadata("FullPath") is var path && File.Exists(path) ? File.ReadAllText(path) : "";

    private static IEnumerable<string> List(List<FactFiles> files)
    {
        // Two names of one folder share its template's file, which the compiler may get only once.
        var templates = new HashSet<string>(StringComparer.Ordinal);
        foreach (FactFiles file in files)
        {
            yield return $"{file.Facts}|{(file.Source.IsModel ? "ModelFacts" : "DataFacts")}|{file.Source.Name}";
            if (file.Source.IsModel)
                yield return $"{(templates.Add(file.Template) ? file.Template : file.ExtractedTemplate)}|ChatTemplate|{file.Source.Name}";
        }
    }

    private void DeleteOthers(List<FactFiles> files)
    {
        if (!Directory.Exists(FactsFolder))
            return;

        var current = files.SelectMany(file => file.Written).Append(ListFile).Select(Path.GetFullPath).ToHashSet(StringComparer.Ordinal);
        foreach (string other in Directory.EnumerateFiles(FactsFolder).Where(file => !current.Contains(Path.GetFullPath(file))))
            File.Delete(other);
    }

    private static TaskItem ToItem(FactFiles files)
    {
        var item = new TaskItem(files.Facts);
        item.SetMetadata("IsModel", files.Source.IsModel ? "true" : "false");
        item.SetMetadata("Name", files.Source.Name);
        item.SetMetadata("Source", files.SourcePath);
        item.SetMetadata("Stamp", files.Stamp);
        item.SetMetadata("Template", files.ExtractedTemplate);
        // The semicolons between the names separate, those within names must not.
        item.SetMetadata("Inputs", Join(files.Inputs.Append(files.InputList)));
        item.SetMetadata("Written", Join(files.Written));
        return item;
    }

    private static string Join(IEnumerable<string> paths) =>
        string.Join(';', paths.Select(ItemText.Escape));
}
