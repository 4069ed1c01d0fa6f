using System.Text.Json;
using FineTune.Training;

namespace FineTune.Tests.Conformance;

/// <summary>conformance/training/early-stopping.json: evaluation results to when training stops and which is best.</summary>
public sealed class EarlyStoppingConformanceTests(ConformanceReport report)
{
    private const string Path = "training/early-stopping.json";

    public static TheoryData<string?> Cases => ListFile.Ids(Path);

    [Theory, MemberData(nameof(Cases))]
    public void Evaluations(string? id)
    {
        var json = ListFile.Case(Path, id);
        ConformanceRun.Check(report, "training", $"early-stopping/{id}", [], check =>
        {
            var (patience, threshold) = (json.GetProperty("patience").GetInt32(), json.GetProperty("threshold").GetDouble());
            var greater = json.GetProperty("greater_is_better").GetBoolean();
            var metrics = json.GetProperty("metrics").EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Null ? double.NaN : value.GetDouble()).ToList();
            var best = new BestEvaluation();
            var counters = new List<int>();
            foreach (var (index, metric) in metrics.Index())
            {
                best = best.With(index, metric, greater, threshold);
                counters.Add(best.WithoutImprovement);
                if (best.WithoutImprovement >= patience)
                    break;
            }

            check.SequenceEqual("counters", json.GetProperty("counters").EnumerateArray().Select(value => value.GetInt32()), counters);
            check.Equal("stopped_after", Number(json, "stopped_after"), best.WithoutImprovement >= patience ? counters.Count - 1 : null);
            check.Equal("best_evaluation", Number(json, "best_evaluation"), best.Step);
            check.Equal("best_metric", Number(json, "best_metric"), best.Value);
        });
    }

    private static double? Number(JsonElement json, string name) => json.GetProperty(name) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : null;
}
