using FineTune.Data;
using FineTune.Recipes;

namespace FineTune.Tests.Conformance;

/// <summary>conformance/training/steps-per-epoch.json: rows, batch and accumulation to optimizer steps.</summary>
public sealed class StepCountConformanceTests(ConformanceReport report)
{
    private const string Path = "training/steps-per-epoch.json";

    public static TheoryData<string?> Cases => ListFile.Ids(Path);

    [Theory, MemberData(nameof(Cases))]
    public void Steps(string? id)
    {
        var json = ListFile.Case(Path, id);
        // Where only drop_last or ranks leave no micro-batch the case has no counts.
        var features = new List<string>();
        if (json.GetProperty("world_size").GetInt32() > 1)
            features.Add("steps:world_size");
        if (json.GetProperty("drop_last").GetBoolean())
            features.Add("steps:drop_last");
        ConformanceRun.Check(report, "training", $"steps-per-epoch/{id}", features, check =>
        {
            var (batch, accumulation) = (json.GetProperty("batch_size").GetInt32(), json.GetProperty("gradient_accumulation_steps").GetInt32());
            var maxSteps = json.GetProperty("max_steps").GetInt32();
            var options = new TrainingOptions
            {
                BatchSize = batch,
                GradientAccumulation = accumulation,
                Epochs = json.GetProperty("num_train_epochs").GetDouble(),
                MaxSteps = maxSteps > 0 ? maxSteps : null,
            };
            var rows = json.GetProperty("rows").GetInt32();
            var plan = new StepPlan([.. Enumerable.Repeat(1, rows)], options, shuffle: false);
            check.Equal("total_steps", json.GetProperty("total_steps").GetInt32(), plan.TotalSteps);
            if (!json.TryGetProperty("batches_of_rank", out var ranks))
                return;
            var expected = ranks[0].EnumerateArray().Select(micro => micro.EnumerateArray().Select(row => row.GetInt32()).ToArray()).ToList();
            var epoch = plan.From(0).Take(json.GetProperty("steps_per_epoch").GetInt32()).SelectMany(step => step.Chunk(batch)).Take(expected.Count).ToList();
            check.SequenceEqual("micro-batches", expected.Take(epoch.Count).Select(micro => string.Join(' ', micro)), epoch.Select(micro => string.Join(' ', micro)));
        });
    }
}
