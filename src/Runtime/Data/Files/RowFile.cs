using FineTune.Data.Parquet;
using FineTune.Facts;
using FineTune.Recipes;

namespace FineTune.Data.Files;

/// <summary>Reads the rows of a data file of any format, each as a JSON object.</summary>
internal static class RowFile
{
    /// <summary>Reads rows, in the order of the file and in bounded memory.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">Of separated values, the columns that are read as something else than text.</param>
    /// <exception cref="FineTuneException">The file cannot be read, or not as what its name says.</exception>
    public static IEnumerable<JsonLine> Read(string path, IReadOnlyList<TextColumn> columns)
    {
        var format = FormatOf(path);
        return format == DataFormat.Parquet ? ParquetRows.Read(path) : ReadText(path, format, columns);
    }

    /// <summary>The format by the file's name; of <c>.json</c>, which both sorts of JSON have, by its first sign.</summary>
    /// <exception cref="FineTuneException">FT5011: the file cannot be read. FT1352: no format has such a name.</exception>
    public static DataFormat FormatOf(string path)
    {
        using var stream = DataStream.Open(path);
        var name = Path.GetExtension(path) is ".gz" or ".zst" ? Path.GetFileNameWithoutExtension(path) : path;
        return Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".csv" => DataFormat.Csv,
            ".tsv" or ".tab" => DataFormat.Tsv,
            ".parquet" => DataFormat.Parquet,
            ".json" => FirstSign(stream) == '[' ? DataFormat.JsonArray : DataFormat.JsonLines,
            ".jsonl" or ".ndjson" or ".jsonlines" or "" => DataFormat.JsonLines,
            // Any name will do for what is JSON beyond doubt.
            _ when FirstSign(stream) == '{' => DataFormat.JsonLines,
            var other => throw new FineTuneException(
                "FT1352", $"No format of rows has names in '{other}'. Known are .jsonl, .json, .csv, .tsv and .parquet, the first four also with .gz or .zst.", path),
        };
    }

    private static IEnumerable<JsonLine> ReadText(string path, DataFormat format, IReadOnlyList<TextColumn> columns)
    {
        using var stream = DataStream.Open(path);
        var rows = format switch
        {
            DataFormat.Csv => CsvFile.Read(stream, ',', path, columns),
            DataFormat.Tsv => CsvFile.Read(stream, '\t', path, columns),
            DataFormat.JsonArray => JsonArrayFile.Read(stream, path),
            _ => JsonLinesFile.Read(stream, path),
        };
        foreach (var row in rows)
            yield return row;
    }

    private static char FirstSign(Stream stream)
    {
        var start = new byte[4096];
        var length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        var text = start.AsSpan(0, length);
        if (text.StartsWith("\uFEFF"u8))
            text = text[3..];
        return text.IndexOfAnyExcept(" \t\r\n"u8) is >= 0 and var first ? (char)text[first] : '\0';
    }
}
