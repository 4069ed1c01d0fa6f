using System.Text.Json;
using FineTune.Data;

namespace FineTune.App.Reports;

/// <summary>The part of an evaluation's line of <c>metrics.jsonl</c> that the plot shows.</summary>
/// <param name="Step">The step, from 1.</param>
/// <param name="Loss">The loss on the held-out rows.</param>
internal readonly record struct EvaluationMetrics(int Step, double Loss)
{
    /// <summary>The evaluations of a file, in order; a line that a kill cut off, and a loss that is no number, are left out.</summary>
    public static IReadOnlyList<EvaluationMetrics> Read(string path) =>
        !File.Exists(path) ? [] : [.. JsonLinesFile.Read(path).Select(line => Parse(line.Utf8)).OfType<EvaluationMetrics>()];

    private static EvaluationMetrics? Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("step"u8, out var step) && step.TryGetInt32(out var number)
                && root.TryGetProperty("eval_loss"u8, out var loss) && loss.ValueKind == JsonValueKind.Number
                ? new EvaluationMetrics(number, loss.GetDouble())
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
