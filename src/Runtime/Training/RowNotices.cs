using FineTune.Data;

namespace FineTune.Training;

/// <summary>What the user hears of the rows when training begins: what was left out or cut, by file, and what looks wrong.</summary>
internal static class RowNotices
{
    public static IEnumerable<string> Of(TrainingRows rows) => rows.Files.Select(Line).OfType<string>().Concat(rows.Warnings);

    private static string? Line(FileRows file)
    {
        var parts = new (int Count, string What)[]
        {
            (file.Filtered, "left out by the recipe's Filter"), (file.Dropped, "dropped as too long"), (file.Truncated, "cut"), (file.Split, "split into several sequences"),
        };
        var told = parts.Where(part => part.Count > 0).Select(part => $"{part.Count} {part.What}").ToList();
        return told.Count == 0 ? null : $"{file.Path}: of {file.Rows} rows {string.Join(", ", told)}.";
    }
}
