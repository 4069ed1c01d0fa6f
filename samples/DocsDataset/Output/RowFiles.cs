using System.Globalization;
using DocsDataset.Documentation;

namespace DocsDataset.Output;

/// <summary>Writes the fine-tuning data: train.jsonl and test.jsonl.</summary>
internal static class RowFiles
{
    public static void Write(IReadOnlyList<DocumentedMember> members, string folder, TextWriter log)
    {
        var rows = new ApiRows(members);
        log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Documented members of the .NET reference packs: {members.Count:N0}. Left out:"));
        foreach (var (rule, count) in rows.Dropped)
            log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count,9:N0}  {rule}"));
        Write(rows.Train, Path.Combine(folder, "train.jsonl"), log);
        Write(rows.Test, Path.Combine(folder, "test.jsonl"), log);
    }

    private static void Write(IReadOnlyList<ApiRow> rows, string path, TextWriter log)
    {
        JsonLines.Write(path, rows, (json, row) =>
        {
            json.WriteString("signature", row.Signature);
            json.WriteString("summary", row.Summary);
        });
        var types = rows.DistinctBy(row => row.Family).Count();
        log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(path)}: {rows.Count:N0} rows from {types:N0} types"));
    }
}
