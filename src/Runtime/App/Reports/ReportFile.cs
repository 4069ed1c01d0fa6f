using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using FineTune.Evaluation;
using FineTune.Storage;

namespace FineTune.App.Reports;

/// <summary>Reads and writes <c>report.json</c> and the completions beside it.</summary>
internal static class ReportFile
{
    // Relaxed: a report is read by people, not embedded in HTML; "naïve" stays "naïve".
    private static readonly ReportJson Indented = new(Options(indented: true));
    private static readonly ReportJson OneLine = new(Options(indented: false));

    public static void Write(string path, RunReport report) =>
        AtomicFile.WriteText(path, JsonSerializer.Serialize(report, Indented.RunReport) + "\n");

    /// <summary>The report at this path; null if there is none or it is of another version or damaged: it is then made anew.</summary>
    public static RunReport? Read(string path)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), Indented.RunReport);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes one JSON object a row, beside the report.</summary>
    public static void WriteCompletions(string path, IEnumerable<RowCompletions> rows) =>
        AtomicFile.WriteText(path, string.Concat(rows.Select(row => JsonSerializer.Serialize(row, OneLine.RowCompletions) + "\n")));

    public static IReadOnlyList<RowCompletions> ReadCompletions(string path)
    {
        if (!File.Exists(path))
            return [];
        try
        {
            return File.ReadLines(path).Select(line => JsonSerializer.Deserialize(line, OneLine.RowCompletions)!).ToList();
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static JsonSerializerOptions Options(bool indented) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // A perplexity can overflow to infinity, which JSON numbers cannot say.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = indented,
    };
}

[JsonSerializable(typeof(RunReport))]
[JsonSerializable(typeof(RowCompletions))]
internal sealed partial class ReportJson : JsonSerializerContext;
