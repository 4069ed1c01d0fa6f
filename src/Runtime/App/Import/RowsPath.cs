namespace FineTune.App.Import;

/// <summary>Where the rows of a dataset are, that a configuration names by a path or as one of a hub.</summary>
internal static class RowsPath
{
    private static readonly string[] Extensions = [".jsonl", ".json", ".ndjson", ".csv", ".tsv", ".parquet"];

    /// <summary>The file, which the recipe reads from the project's folder; what is no such file goes into <c>data</c>.</summary>
    public static string Of(string path)
    {
        if (IsRows(path) && IsPlain(path))
            return path;
        var name = path.TrimEnd('/', '\\');
        name = name[(name.LastIndexOfAny(['/', '\\', ':']) + 1)..];
        var extension = Extensions.FirstOrDefault(candidate => name.EndsWith(candidate, StringComparison.OrdinalIgnoreCase));
        var stem = new string([.. name[..^(extension?.Length ?? 0)].Where(character => char.IsLetterOrDigit(character) || character is '-' or '_' or '.')]).Trim('.');
        return $"data/{(stem.Length == 0 ? "train" : stem)}{extension ?? ".jsonl"}";
    }

    private static bool IsRows(string path) => Extensions.Any(extension =>
        path.EndsWith(extension, StringComparison.OrdinalIgnoreCase) || path.EndsWith(extension + ".gz", StringComparison.OrdinalIgnoreCase) || path.EndsWith(extension + ".zst", StringComparison.OrdinalIgnoreCase));

    // What the build takes for the path of one file here.
    private static bool IsPlain(string path) =>
        !path.Contains("://", StringComparison.Ordinal) && path[0] is not ('/' or '~') && path.IndexOfAny(['*', '?', '$', '%', '\\', ':']) < 0 && !path.Any(char.IsControl);
}
