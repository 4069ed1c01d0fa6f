using System.Buffers;
using System.Text.Json;

namespace FineTune.Data.Parquet;

/// <summary>Puts the columns of a Parquet file together to rows, each as a JSON object (the record assembly of Dremel).</summary>
internal static class ParquetRows
{
    private static readonly JsonWriterOptions Options = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Reads the rows, in the order of the file; memory is that of a page of each column.</summary>
    /// <exception cref="FineTuneException">FT5012: the file is no Parquet that can be read.</exception>
    public static IEnumerable<JsonLine> Read(string path)
    {
        using var file = new FileStream(path, new FileStreamOptions { Share = FileShare.Read });
        var metadata = Guard(path, 0, () => ParquetMetadata.Read(file));
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, Options);
        var number = 0;
        foreach (var group in metadata.RowGroups)
        {
            var columns = Guard(path, number, () => metadata.Leaves.Select(leaf => new ParquetColumn(leaf, group.Columns[leaf.Leaf], file)).ToArray());
            for (long row = 0; row < group.Rows; row++)
            {
                number++;
                buffer.ResetWrittenCount();
                writer.Reset();
                Guard(path, number, () =>
                {
                    WriteGroup(metadata.Root, columns, writer);
                    return 0;
                });
                writer.Flush();
                yield return new JsonLine(number, buffer.WrittenMemory);
            }
        }
    }

    private static T Guard<T>(string path, int row, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is ParquetException or IOException or ArgumentException)
        {
            var what = exception is ArgumentException ? "a text is not valid UTF-8" : exception.Message;
            throw new FineTuneException("FT5012", $"The file is no Parquet that can be read: {what}.", row == 0 ? path : $"{path}:{row}", exception);
        }
    }

    private static void WriteGroup(ParquetNode group, ParquetColumn[] columns, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var child in group.Children)
        {
            writer.WritePropertyName(child.Name);
            WriteNode(child, columns, writer);
        }

        writer.WriteEndObject();
    }

    private static void WriteNode(ParquetNode node, ParquetColumn[] columns, Utf8JsonWriter writer)
    {
        if (node.Repetition == 2)
        {
            WriteRepeated(node, columns, writer, () => WriteValue(node, columns, writer));
            return;
        }

        if (First(node, columns).Definition < node.DefinitionLevel)
        {
            Pass(node, columns);
            writer.WriteNullValue();
            return;
        }

        WriteValue(node, columns, writer);
    }

    private static void WriteValue(ParquetNode node, ParquetColumn[] columns, Utf8JsonWriter writer)
    {
        if (node.IsLeaf)
        {
            ParquetText.Write(node, columns[node.Leaf].Value, writer);
            columns[node.Leaf].Advance();
        }
        else if (node.Meaning is ParquetMeaning.List or ParquetMeaning.Map && node.Children is [{ Repetition: 2 } repeated])
        {
            WriteRepeated(repeated, columns, writer, () => WriteItem(node, repeated, columns, writer));
        }
        else
        {
            WriteGroup(node, columns, writer);
        }
    }

    // The three-level form has a group around the item; older writers leave it out, which only names tell (LogicalTypes.md).
    private static void WriteItem(ParquetNode list, ParquetNode repeated, ParquetColumn[] columns, Utf8JsonWriter writer)
    {
        if (list.Meaning == ParquetMeaning.Map && repeated.Children.Count == 2)
        {
            writer.WriteStartArray();
            WriteNode(repeated.Children[0], columns, writer);
            WriteNode(repeated.Children[1], columns, writer);
            writer.WriteEndArray();
        }
        else if (repeated.Children is [var item] && repeated.Name is not "array" && repeated.Name != list.Name + "_tuple")
        {
            WriteNode(item, columns, writer);
        }
        else
        {
            WriteValue(repeated, columns, writer);
        }
    }

    private static void WriteRepeated(ParquetNode node, ParquetColumn[] columns, Utf8JsonWriter writer, Action writeItem)
    {
        writer.WriteStartArray();
        var first = First(node, columns);
        if (first.Definition < node.DefinitionLevel)
        {
            Pass(node, columns);
        }
        else
        {
            do
            {
                writeItem();
            }
            while (!first.IsAtEnd && first.Repetition == node.RepetitionLevel);
        }

        writer.WriteEndArray();
    }

    private static ParquetColumn First(ParquetNode node, ParquetColumn[] columns) =>
        columns[node.FirstLeaf.Leaf] is { IsAtEnd: false } column ? column : throw new ParquetException($"the column '{node.Name}' has too few values");

    private static void Pass(ParquetNode node, ParquetColumn[] columns)
    {
        if (node.IsLeaf)
            columns[node.Leaf].Advance();
        foreach (var child in node.Children)
            Pass(child, columns);
    }
}
