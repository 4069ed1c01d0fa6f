using FineTune.Keys;

namespace FineTune.Build.RecipeFiles;

/// <summary>Looks whether what a recipe names is there.</summary>
/// <param name="projectFolder">What relative paths start at.</param>
/// <param name="producedFiles">Full paths of files that will be there before training, though they are not yet.</param>
internal sealed class RecipeFileCheck(string projectFolder, IReadOnlySet<string> producedFiles)
{
    /// <summary>The folder that training writes to: what a recipe takes from there, another recipe makes.</summary>
    private const string RunsFolder = "runs";

    /// <summary>The code and the text of what is wrong, or null where nothing is.</summary>
    public (string Code, string Message)? Find(RecipeFileReference reference)
    {
        string path = Path.GetFullPath(reference.Path, projectFolder);
        if (IsMadeLater(path))
            return null;

        bool isFolder = reference.Key == "model.base";
        if (isFolder ? Directory.Exists(path) : File.Exists(path))
            return isFolder ? CheckModelFolder(reference, path) : null;

        string kind = isFolder ? "folder" : "file";
        string other = isFolder && File.Exists(path) ? " (there is a file of that name)" : !isFolder && Directory.Exists(path) ? " (there is a folder of that name)" : "";
        return ("FT3020", $"{Subject(reference)}, but there is no {kind} '{path}'{other}.{Suggest(reference.Path, path)}");
    }

    private static (string Code, string Message)? CheckModelFolder(RecipeFileReference reference, string path) =>
        File.Exists(Path.Combine(path, "config.json"))
            ? null
            : ("FT3021", $"{Subject(reference)}, but the folder '{path}' has no config.json. Name the folder of a Hugging Face model, with config.json, tokenizer.json and model.safetensors in it.");

    private static string Subject(RecipeFileReference reference) => $"{reference.Key} of the recipe '{reference.Recipe}' is '{reference.Path}'";

    private bool IsMadeLater(string path) =>
        producedFiles.Contains(path)
        || path.StartsWith(Path.Combine(projectFolder, RunsFolder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>A neighbour of nearly that name, as the recipe would name it.</summary>
    private static string Suggest(string named, string path)
    {
        string? folder = Path.GetDirectoryName(path);
        if (folder is null || !Directory.Exists(folder))
            return " Relative paths start at the project's folder.";

        IEnumerable<string> neighbours = Directory.EnumerateFileSystemEntries(folder).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal);
        if (Suggestion.Nearest(Path.GetFileName(path), neighbours) is not { } nearest)
            return "";

        string namedFolder = named[..(named.LastIndexOfAny(['/', '\\']) + 1)];
        return $" Did you mean '{namedFolder}{nearest}'?";
    }
}
