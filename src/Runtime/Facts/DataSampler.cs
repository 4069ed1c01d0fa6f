using System.Security.Cryptography;
using System.Text.Json;
using FineTune.Data;

namespace FineTune.Facts;

/// <summary>Looks at the first rows of a data file: at most 200 rows in at most a megabyte.</summary>
internal static class DataSampler
{
    private const int MostRows = 200;
    private const int MostBytes = 1 << 20;

    /// <summary>Looks at a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">As the recipe names it.</param>
    /// <exception cref="FineTuneException">FT5011: it cannot be read. FT5012: one of these rows is broken. FT5312: it has no rows.</exception>
    public static DataFacts Read(string path, string name)
    {
        var bytes = ReadStart(path, out var size);
        var isComplete = bytes.Length == size;
        // What is cut off is not looked at.
        var whole = isComplete ? bytes.Length : bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        var rows = JsonLinesFile.Read(new MemoryStream(bytes, 0, whole), path).GetEnumerator();
        var columns = new ColumnSample("", depth: 0);
        var count = 0;
        using (rows)
        {
            while (rows.MoveNext())
            {
                if (count == MostRows)
                {
                    isComplete = false;
                    break;
                }

                count++;
                Add(columns, rows.Current, path);
            }
        }

        if (isComplete && count == 0)
            throw new FineTuneException("FT5312", "The file has no rows.", path);
        return new DataFacts
        {
            Name = name,
            Format = DataFormat.JsonLines,
            Rows = count,
            IsComplete = isComplete,
            Bytes = size,
            Digest = Convert.ToHexStringLower(SHA256.HashData(bytes)),
            Columns = new(columns.Children()),
        };
    }

    private static void Add(ColumnSample columns, JsonLine line, string path)
    {
        var reader = new Utf8JsonReader(line.Utf8.Span);
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
                throw Broken($"A row is a JSON object, but this one is {Recipes.JsonKind.Describe(reader.TokenType)}.", null);
            columns.Add(ref reader, line.Number);
            if (reader.Read())
                throw Broken("Text follows the row's object on the same line.", null);
        }
        catch (Exception exception) when (RowText.Explain(exception, line.Utf8.Span) is { } message)
        {
            throw Broken(message, exception);
        }

        FineTuneException Broken(string message, Exception? inner) => new("FT5012", message, $"{path}:{line.Number}", inner);
    }

    private static byte[] ReadStart(string path, out long size)
    {
        try
        {
            using var stream = new FileStream(path, new FileStreamOptions { BufferSize = 0, Share = FileShare.ReadWrite | FileShare.Delete });
            size = stream.Length;
            var bytes = new byte[Math.Min(size, MostBytes)];
            return bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FineTuneException("FT5011", $"The file cannot be read: {exception.Message}", path, exception);
        }
    }
}
