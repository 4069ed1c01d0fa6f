using System.Text.Json;
using FineTune.Data;

namespace FineTune.App.Reports;

/// <summary>The part of a line of <c>metrics.jsonl</c> that the plot shows.</summary>
/// <param name="Step">The step, from 1.</param>
/// <param name="Loss">Its loss.</param>
/// <param name="LearningRate">Its learning rate.</param>
/// <param name="Reward">The mean reward of its completions, of a run that learns from rewards.</param>
internal readonly record struct StepMetrics(int Step, double Loss, double LearningRate, double? Reward = null)
{
    /// <summary>
    /// The steps of a file, in order. A resumed run may have written steps twice: the later line counts. A last line that a
    /// kill cut off is left out.
    /// </summary>
    public static IReadOnlyList<StepMetrics> Read(string path)
    {
        if (!File.Exists(path))
            return [];
        var steps = new SortedDictionary<int, StepMetrics>();
        foreach (var line in JsonLinesFile.Read(path))
        {
            if (Parse(line.Utf8) is { } metrics)
                steps[metrics.Step] = metrics;
        }

        return [.. steps.Values];
    }

    private static StepMetrics? Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("step"u8, out var step) && step.TryGetInt32(out var number)
                && root.TryGetProperty("loss"u8, out var loss) && loss.ValueKind == JsonValueKind.Number
                && root.TryGetProperty("learning_rate"u8, out var rate) && rate.ValueKind == JsonValueKind.Number
                ? new StepMetrics(
                    number, loss.GetDouble(), rate.GetDouble(), root.TryGetProperty("reward"u8, out var reward) && reward.ValueKind == JsonValueKind.Number ? reward.GetDouble() : null)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
