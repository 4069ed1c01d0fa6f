using System.Security.Cryptography;
using System.Text.Json;
using FineTune.Data;
using FineTune.Data.Files;
using FineTune.Data.Parquet;

namespace FineTune.Facts;

/// <summary>Looks at the first rows of a data file: at most 200 rows, of text at most in a megabyte.</summary>
internal static class DataSampler
{
    private const int MostRows = 200;
    private const int MostBytes = 1 << 20;

    /// <summary>Looks at a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">As the recipe names it.</param>
    /// <exception cref="FineTuneException">The file cannot be read, one of these rows is broken, or there are none (FT5312).</exception>
    public static DataFacts Read(string path, string name)
    {
        var format = RowFile.FormatOf(path);
        var sample = format == DataFormat.Parquet ? ReadParquet(path) : ReadText(path, format);
        if (sample is { IsComplete: true, Rows: 0 })
            throw new FineTuneException("FT5312", "The file has no rows.", path);
        return sample with { Name = name, Format = format, Bytes = new FileInfo(path).Length, Digest = Digest(path) };
    }

    private static DataFacts ReadText(string path, DataFormat format)
    {
        var text = ReadStart(path, out var isComplete);
        if (format is DataFormat.Csv or DataFormat.Tsv)
            return CsvSampler.Read(new MemoryStream(text), format == DataFormat.Csv ? ',' : '\t', path, MostRows, isCut: !isComplete);
        // What is cut off is not looked at.
        var whole = isComplete || format == DataFormat.JsonArray ? text.Length : text.AsSpan().LastIndexOf((byte)'\n') + 1;
        var stream = new MemoryStream(text, 0, whole);
        return ReadJson(format == DataFormat.JsonArray ? JsonArrayFile.Read(stream, path, isCut: !isComplete) : JsonLinesFile.Read(stream, path), path, isComplete);
    }

    private static DataFacts ReadParquet(string path) => ReadJson(ParquetRows.Read(path), path, isComplete: true);

    private static DataFacts ReadJson(IEnumerable<JsonLine> rows, string path, bool isComplete)
    {
        var columns = new ColumnSample("", depth: 0);
        var count = 0;
        foreach (var row in rows)
        {
            if (count == MostRows)
            {
                isComplete = false;
                break;
            }

            count++;
            Add(columns, row, path);
        }

        return new DataFacts { Name = "", Rows = count, IsComplete = isComplete, Columns = new(columns.Children()) };
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

    private static byte[] ReadStart(string path, out bool isComplete)
    {
        using var stream = DataStream.Open(path);
        var bytes = new byte[MostBytes];
        var length = ReadUpTo(stream, bytes);
        isComplete = length < bytes.Length || stream.ReadByte() < 0;
        return bytes[..length];
    }

    private static string Digest(string path)
    {
        using var stream = new FileStream(path, new FileStreamOptions { Share = FileShare.ReadWrite | FileShare.Delete });
        var bytes = new byte[MostBytes];
        return Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan(0, ReadUpTo(stream, bytes))));
    }

    private static int ReadUpTo(Stream stream, byte[] bytes) => stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
}
