using System.Text.Encodings.Web;
using System.Text.Json;

namespace DocsDataset.Output;

/// <summary>Writes JSON lines: an object a line, the same bytes for the same rows.</summary>
internal static class JsonLines
{
    private static readonly JsonWriterOptions Options = new()
    {
        // Leaves < and ' as they are: the files are for people and models, not for HTML pages.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a file by way of a temporary one, so that an interrupted build leaves none that looks finished.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="write">Writes the properties of a row.</param>
    public static void Write<TRow>(string path, IEnumerable<TRow> rows, Action<Utf8JsonWriter, TRow> write)
    {
        var temporary = path + ".tmp";
        using (var file = File.Create(temporary))
        using (var writer = new Utf8JsonWriter(file, Options))
        {
            foreach (var row in rows)
            {
                writer.WriteStartObject();
                write(writer, row);
                writer.WriteEndObject();
                writer.Flush();
                writer.Reset();
                file.WriteByte((byte)'\n');
            }
        }

        File.Move(temporary, path, overwrite: true);
    }
}
