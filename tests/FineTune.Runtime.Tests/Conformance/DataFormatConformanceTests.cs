using System.Globalization;
using System.Text.Json;
using FineTune.Data;
using FineTune.Data.Files;
using FineTune.Data.Parquet;

namespace FineTune.Tests.Conformance;

/// <summary>conformance/files/parquet-arrow: Parquet, separated values, JSON lines, and compressed files, whole and broken.</summary>
public sealed class DataFormatConformanceTests(ConformanceReport report)
{
    private const string Folder = "files/parquet-arrow";

    public static TheoryData<string?> Parquet => ListFile.Ids($"{Folder}/parquet.json");

    public static TheoryData<string?> BrokenParquet => ListFile.Ids($"{Folder}/parquet.json", "broken");

    public static TheoryData<string?> SeparatedValues => ListFile.Ids($"{Folder}/csv.json");

    public static TheoryData<string?> Lines => ListFile.Ids($"{Folder}/jsonl.json");

    public static TheoryData<string?> Compressed => ListFile.Ids($"{Folder}/compressed.json");

    public static TheoryData<string?> Arrow => ListFile.Ids($"{Folder}/arrow.json");

    public static TheoryData<string?> BrokenArrow => ListFile.Ids($"{Folder}/arrow.json", "broken");

    [Theory, MemberData(nameof(Parquet))]
    public void ReadsParquet(string? id) => CheckParquet(ListFile.Case($"{Folder}/parquet.json", id), $"parquet/{id}");

    [Theory, MemberData(nameof(BrokenParquet))]
    public void RefusesBrokenParquet(string? id) => CheckParquet(ListFile.Case($"{Folder}/parquet.json", id, "broken"), $"parquet/broken/{id}");

    [Theory, MemberData(nameof(SeparatedValues))]
    public void ReadsSeparatedValues(string? id)
    {
        var json = ListFile.Case($"{Folder}/csv.json", id);
        ConformanceRun.Check(report, "files", $"parquet-arrow/csv/{id}", [], check =>
        {
            var (rows, error) = Collect(ReadRecords(PathOf(json), json.GetProperty("separator").GetString()![0]));
            var expected = json.GetProperty("python_csv");
            if (!expected.TryGetProperty("content", out var content))
                check.Equal("refusal", true, error is not null);
            else
                check.SequenceEqual("rows", content.EnumerateArray().Select(Describe).Where(row => row != "[]"), error is null ? rows : [.. rows, error.Message]);
        });
    }

    [Theory, MemberData(nameof(Lines))]
    public void ReadsJsonLines(string? id)
    {
        var json = ListFile.Case($"{Folder}/jsonl.json", id);
        ConformanceRun.Check(report, "files", $"parquet-arrow/jsonl/{id}", [], check =>
        {
            var expected = json.GetProperty("python_json");
            var (rows, error) = Collect(ReadJson(PathOf(json)));
            if (expected.TryGetProperty("error", out var wanted))
            {
                check.Equal("line of the error", $"{PathOf(json)}:{wanted.GetProperty("line").GetInt32()}", error?.Place ?? "none");
                if (expected.TryGetProperty("rows_before_error", out var before))
                    check.SequenceEqual("rows before", before.EnumerateArray().Select(DescribeLine), rows);
            }
            else if (NoText(expected.GetRawText()) && error is not null)
            {
                // Python makes strings and numbers of these that no text and no JSON can hold; datasets refuses them too.
                check.Equal("refusal", "FT5012", error.Code);
            }
            else
            {
                check.SequenceEqual("rows", expected.GetProperty("rows").EnumerateArray().Select(DescribeLine), error is null ? rows : [.. rows, error.Message]);
            }
        });
    }

    [Theory, MemberData(nameof(Compressed))]
    public void ReadsCompressedFiles(string? id)
    {
        var json = ListFile.Case($"{Folder}/compressed.json", id);
        var features = id!.StartsWith("xz", StringComparison.Ordinal) ? new[] { "compression:xz" } : id.StartsWith("bzip2", StringComparison.Ordinal) ? ["compression:bzip2"] : [];
        ConformanceRun.Check(report, "files", $"parquet-arrow/compressed/{id}", features, check =>
        {
            string text;
            try
            {
                using var reader = new StreamReader(DataStream.Open(PathOf(json)));
                text = reader.ReadToEnd();
            }
            catch (FineTuneException refused)
            {
                check.Equal("refusal", json.TryGetProperty("error", out _) ? "FT1351" : "none", refused.Code);
                return;
            }

            var same = json.TryGetProperty("same_as", out var other) ? other.GetString() : id;
            if (json.TryGetProperty("error", out _))
                check.Fail("the file is broken, but was read");
            else
                check.Equal("text", same == "empty" ? "" : ListFile.Case($"{Folder}/compressed.json", same).GetProperty("content_utf8").GetString(), text);
        });
    }

    [Theory, MemberData(nameof(Arrow))]
    public void ReadsArrow(string? id) => CheckArrow($"parquet-arrow/arrow/{ListFile.Case($"{Folder}/arrow.json", id).GetProperty("id").GetString()}");

    [Theory, MemberData(nameof(BrokenArrow))]
    public void RefusesBrokenArrow(string? id) => CheckArrow($"parquet-arrow/arrow/broken/{ListFile.Case($"{Folder}/arrow.json", id, "broken").GetProperty("id").GetString()}");

    private void CheckArrow(string id) => ConformanceRun.Check(report, "files", id, ["files:arrow"], check => check.Fail("there is no reader"));

    private void CheckParquet(JsonElement json, string id) => ConformanceRun.Check(report, "files", $"parquet-arrow/{id}", [], check =>
    {
        var (rows, error) = Collect(ParquetRows.Read(PathOf(json)).Select(row => Describe(Parse(row.Utf8))));
        var mayRefuse = id.EndsWith("first_magic_wrong", StringComparison.Ordinal);
        if (!json.TryGetProperty("content", out var content))
            check.Equal("refusal", "FT5012", error?.Code ?? "none");
        else if (!(mayRefuse && error is not null))
            check.SequenceEqual("rows", content.EnumerateArray().Select(Describe), error is null ? rows : [.. rows, error.Message]);
    });

    private static string PathOf(JsonElement json) => Path.Combine(ConformanceFolder.Vectors!, Folder, json.GetProperty("file").GetString()!);

    private static IEnumerable<string> ReadRecords(string path, char separator)
    {
        using var reader = new CsvReader(DataStream.Open(path), separator, path);
        while (reader.Read() is { } fields)
            yield return "[" + string.Join(", ", fields.Select(field => JsonSerializer.Serialize(field))) + "]";
    }

    private static IEnumerable<string> ReadJson(string path)
    {
        foreach (var line in JsonLinesFile.Read(path))
        {
            string row;
            try
            {
                row = $"{line.Number}: {Describe(Parse(line.Utf8))}";
            }
            catch (Exception exception) when (RowText.Explain(exception, line.Utf8.Span) is { } message)
            {
                throw new FineTuneException("FT5012", message, $"{path}:{line.Number}", exception);
            }

            yield return row;
        }
    }

    private static JsonElement Parse(ReadOnlyMemory<byte> utf8)
    {
        using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = 4096 });
        return document.RootElement.Clone();
    }

    private static (List<string> Rows, FineTuneException? Error) Collect(IEnumerable<string> rows)
    {
        var read = new List<string>();
        try
        {
            read.AddRange(rows.Select(row =>
            {
                read.Add(row);
                return row;
            }).Where(_ => false));
            return (read, null);
        }
        catch (FineTuneException error)
        {
            return (read, error);
        }
    }

    private static bool NoText(string json) => json.Contains("\"utf16\"", StringComparison.Ordinal) || json.Contains("\"float\"", StringComparison.Ordinal);

    private static string DescribeLine(JsonElement line) => $"{line.GetProperty("line").GetInt32()}: {Describe(line.GetProperty("value"))}";

    // One text for what the vectors and our rows write differently: numbers by value, what JSON has no number for as text.
    private static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object when Special(value) is { } special => special,
        JsonValueKind.Object => "{" + string.Join(", ", Last(value).Select(pair => $"{JsonSerializer.Serialize(pair.Key)}: {Describe(pair.Value)}")) + "}",
        JsonValueKind.Array => "[" + string.Join(", ", value.EnumerateArray().Select(Describe)) + "]",
        JsonValueKind.Number => Number(value.GetRawText()),
        JsonValueKind.String => JsonSerializer.Serialize(value.GetString()),
        _ => value.GetRawText(),
    };

    private static IEnumerable<KeyValuePair<string, JsonElement>> Last(JsonElement value)
    {
        var pairs = new Dictionary<string, JsonElement>();
        foreach (var pair in value.EnumerateObject())
            pairs[pair.Name] = pair.Value;
        return pairs.OrderBy(pair => pair.Key, StringComparer.Ordinal);
    }

    private static string? Special(JsonElement value)
    {
        var first = value.EnumerateObject().FirstOrDefault();
        return first.Name switch
        {
            "float" when value.EnumerateObject().Count() == 1 => JsonSerializer.Serialize(first.Value.GetString()),
            "integer" => Number(first.Value.GetString()!),
            "hex" => JsonSerializer.Serialize(Convert.ToBase64String(Convert.FromHexString(first.Value.GetString()!))),
            "decimal" or "date" or "time" => JsonSerializer.Serialize(first.Value.GetString()),
            "timestamp_us" => Timestamp(first.Value.GetInt64(), 1_000_000, value.GetProperty("zoned").GetBoolean()),
            "timestamp_ns" => Timestamp(first.Value.GetInt64(), 1_000_000_000, isZoned: false),
            _ => null,
        };
    }

    // Single precision is told as the double next to it by one side, and as its shortest text by the other.
    private static string Number(string text) =>
        double.IsInfinity(double.Parse(text, CultureInfo.InvariantCulture)) ? "\"Infinity\""
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer) && text != "-0"
            ? integer.ToString(CultureInfo.InvariantCulture)
            : double.Parse(text, CultureInfo.InvariantCulture) is var number && (float)number is var single && (double)single == number || text.Length <= 9
                ? ((float)double.Parse(text, CultureInfo.InvariantCulture)).ToString("R", CultureInfo.InvariantCulture)
                : double.Parse(text, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture);

    private static string Timestamp(long value, long perSecond, bool isZoned)
    {
        var (seconds, rest) = (Math.DivRem(value, perSecond).Quotient, value % perSecond);
        if (rest < 0)
            (seconds, rest) = (seconds - 1, rest + perSecond);
        var text = DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
        var fraction = rest == 0 ? "" : "." + rest.ToString(CultureInfo.InvariantCulture).PadLeft(perSecond.ToString(CultureInfo.InvariantCulture).Length - 1, '0').TrimEnd('0');
        return JsonSerializer.Serialize(text + fraction + (isZoned ? "Z" : ""));
    }
}
