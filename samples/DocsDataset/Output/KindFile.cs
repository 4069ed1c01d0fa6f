using System.Globalization;
using DocsDataset.Documentation;

namespace DocsDataset.Output;

/// <summary>Writes what each documented type is and what it is for, as separated values: kinds.csv, in the order of a hash.</summary>
internal static class KindFile
{
    private const int FewestWords = 4;
    private const int LongestSummary = 200;

    public static void Write(IReadOnlyList<DocumentedMember> members, string folder, TextWriter log)
    {
        var types = members
            .Where(member => member.Member.DocumentationId.StartsWith("T:", StringComparison.Ordinal))
            .Where(member => member.Documentation.Summary is { Length: <= LongestSummary } summary && summary.Split(' ').Length >= FewestWords)
            .OrderBy(member => StableHash.Of(member.Member.DocumentationId))
            .ThenBy(member => member.Member.DocumentationId, StringComparer.Ordinal)
            // Some types of several namespaces have one name and one summary.
            .DistinctBy(member => (member.Member.Name, member.Documentation.Summary))
            .ToList();
        var path = Path.Combine(folder, "kinds.csv");
        File.WriteAllLines(
            path + ".tmp",
            types.Select(type => Row(type.Member.Name, type.Documentation.Summary, type.Member.Namespace, type.Member.Kind.ToString().ToLowerInvariant(), Words(type.Documentation.Summary)))
                .Prepend("name,summary,namespace,kind,words"));
        File.Move(path + ".tmp", path, overwrite: true);
        log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"kinds.csv: {types.Count:N0} types"));
    }

    private static string Words(string summary) => summary.Split(' ').Length.ToString(CultureInfo.InvariantCulture);

    private static string Row(params string[] fields) => string.Join(',', fields.Select(Field));

    private static string Field(string text) => text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
