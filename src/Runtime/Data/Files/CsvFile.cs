using System.Buffers;
using System.Text.Json;
using FineTune.Recipes;

namespace FineTune.Data.Files;

/// <summary>The rows of a file of separated values as JSON objects; the first record names the columns.</summary>
internal static class CsvFile
{
    private static readonly JsonWriterOptions Options = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="stream">The text.</param>
    /// <param name="separator">What stands between fields.</param>
    /// <param name="path">The file, for messages.</param>
    /// <param name="columns">The columns that are read as something else than text.</param>
    /// <exception cref="FineTuneException">FT5012: a row is broken. FT1340: two columns have the same name.</exception>
    public static IEnumerable<JsonLine> Read(Stream stream, char separator, string path, IReadOnlyList<TextColumn> columns)
    {
        using var reader = new CsvReader(stream, separator, path);
        if (ReadHeader(reader, path) is not { } header)
            yield break;
        var types = header.Select(name => columns.FirstOrDefault(column => column.Names.Contains(name))).ToArray();
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, Options);
        while (ReadRow(reader, header, path) is { } fields)
        {
            buffer.ResetWrittenCount();
            writer.Reset();
            writer.WriteStartObject();
            for (var i = 0; i < fields.Count; i++)
            {
                writer.WritePropertyName(header[i]);
                if (types[i] is { } type)
                    Write(type, fields[i], writer, $"{path}:{reader.Line}");
                else
                    writer.WriteStringValue(fields[i]);
            }

            writer.WriteEndObject();
            writer.Flush();
            yield return new JsonLine(reader.Line, buffer.WrittenMemory);
        }
    }

    /// <summary>The columns' names; null if the file is empty.</summary>
    public static List<string>? ReadHeader(CsvReader reader, string path)
    {
        var header = reader.Read();
        var twice = header?.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1)?.Key;
        return twice is null
            ? header
            : throw new FineTuneException("FT1340", $"Two columns are called '{twice}', so that one of them would never be read. Rename one in the file's first line.", $"{path}:{reader.Line}");
    }

    /// <summary>The fields of the next row, one for each column; null at the end.</summary>
    public static List<string>? ReadRow(CsvReader reader, List<string> header, string path)
    {
        var fields = reader.Read();
        return fields is null || fields.Count == header.Count
            ? fields
            : throw new FineTuneException(
                "FT5012", $"The row has {fields.Count} fields, but the header {header.Count}. Put fields that hold the separator or a line break in quotes.", $"{path}:{reader.Line}");
    }

    private static void Write(TextColumn column, string text, Utf8JsonWriter writer, string place)
    {
        if (text.Length == 0 && column.IsNullable)
            writer.WriteNullValue();
        else if (column.Type == TextColumnType.Text)
            writer.WriteStringValue(text);
        else if (TextValue.Fits(text, column.Type))
            writer.WriteRawValue(text);
        else
            throw new FineTuneException("FT5012", $"Column '{column.Names[0]}' must be {TextValue.Describe(column.Type)}, but is {(text.Length == 0 ? "empty" : $"'{text}'")}.", place);
    }
}
