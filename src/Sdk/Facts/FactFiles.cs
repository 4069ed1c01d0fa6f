using System.Security.Cryptography;
using System.Text;
using FineTune.Facts;

namespace FineTune.Build.Facts;

/// <summary>The files that hold the facts of one source, and those that the facts are read from.</summary>
internal sealed class FactFiles
{
    private FactFiles(FactSource source, string path, string folder)
    {
        (Source, SourcePath) = (source, path);
        string stem = Path.Combine(folder, Stem(source.Name));
        Facts = stem + (source.IsModel ? ".model.facts" : ".data.facts");
        InputList = stem + ".inputs";
        Stamp = stem + ".read";
        ExtractedTemplate = stem + ".jinja";
        Inputs = source.IsModel ? ModelInputs(path) : [path];
    }

    public FactSource Source { get; }

    /// <summary>The model folder or data file, as a full path.</summary>
    public string SourcePath { get; }

    /// <summary>The facts. Rewritten only where they differ, so that a touched file compiles nothing anew.</summary>
    public string Facts { get; }

    /// <summary>The list of the inputs, by which an input that is gone shows.</summary>
    public string InputList { get; }

    /// <summary>Written whenever the facts were read.</summary>
    public string Stamp { get; }

    /// <summary>The chat template, where it is within another file.</summary>
    public string ExtractedTemplate { get; }

    /// <summary>The chat template: the model's own file where there is one.</summary>
    public string Template => Path.Combine(SourcePath, "chat_template.jinja") is var own && File.Exists(own) ? own : ExtractedTemplate;

    /// <summary>What the facts are read from.</summary>
    public IReadOnlyList<string> Inputs { get; }

    /// <summary>All files that may be written for the source.</summary>
    public IEnumerable<string> Written => [Facts, InputList, Stamp, ExtractedTemplate];

    /// <summary>The files of a source; null where it is not on disk, so that nothing is known of it.</summary>
    /// <param name="source">What a recipe names.</param>
    /// <param name="projectFolder">What relative names start at.</param>
    /// <param name="folder">Where facts are written.</param>
    public static FactFiles? Of(FactSource source, string projectFolder, string folder)
    {
        // The list that tells the compiler's inputs has a line a file, its parts between bars.
        if (source.Name.Any(character => char.IsControl(character) || character == '|'))
            return null;

        string path = Path.GetFullPath(source.Name, projectFolder);
        bool exists = source.IsModel ? File.Exists(Path.Combine(path, "config.json")) : File.Exists(path);
        return exists ? new FactFiles(source, path, folder) : null;
    }

    private static IReadOnlyList<string> ModelInputs(string path)
    {
        IReadOnlyList<string> weights;
        try
        {
            weights = WeightSummary.Files(path, out _);
        }
        catch (FineTuneException)
        {
            // The index is broken, which is reported when it is read for its facts: it is an input by its own name.
            weights = [];
        }

        return [.. ModelFolderReader.Files.Select(name => Path.Combine(path, name)).Where(File.Exists).Concat(weights).Distinct(StringComparer.Ordinal)];
    }

    private static string Stem(string name)
    {
        string readable = new([.. name.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '-')]);
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..8];
        return $"{readable[^Math.Min(readable.Length, 40)..].Trim('-')}-{hash}";
    }
}
