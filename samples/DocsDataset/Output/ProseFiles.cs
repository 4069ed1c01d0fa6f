using System.Globalization;
using System.Text;
using DocsDataset.Documentation;

namespace DocsDataset.Output;

/// <summary>Writes the pretraining data: train.jsonl without the held-out types, test.jsonl of those alone.</summary>
internal static class ProseFiles
{
    public static void Write(IReadOnlyList<DocumentedMember> members, string folder, TextWriter log)
    {
        var documents = ProseDocuments.Write(members).ToLookup(document => TypeSplit.IsTest(document.Family), document => document.Text);
        Write([.. documents[false]], Path.Combine(folder, "train.jsonl"), log);
        Write([.. documents[true]], Path.Combine(folder, "test.jsonl"), log);
    }

    private static void Write(IReadOnlyList<string> documents, string path, TextWriter log)
    {
        JsonLines.Write(path, documents, (json, text) => json.WriteString("text", text));
        var bytes = documents.Sum(Encoding.UTF8.GetByteCount);
        log.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{Path.GetFileName(path)}: {documents.Count:N0} documents, a type each, {bytes / 1e6:F1} MB of text"));
    }
}
