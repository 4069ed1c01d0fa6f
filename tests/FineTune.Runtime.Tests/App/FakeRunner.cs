using FineTune.App;
using FineTune.Data.Checks;
using FineTune.Evaluation;
using FineTune.Generation;
using FineTune.Recipes;
using FineTune.Training;

namespace FineTune.Tests.App;

/// <summary>Stands for the work behind the commands: a run of four steps, a model that answers with its name.</summary>
internal sealed class FakeRunner : IRecipeRunner
{
    public List<string> Calls { get; } = [];

    public Action<ITrainingObserver, CancellationToken>? DuringTraining { get; set; }

    public Exception? FailsBeforeStart { get; set; }

    public bool Finished { get; set; }

    public bool Interrupted { get; set; }

    public RecipeOptions? Trained { get; private set; }

    public EvaluationResult Scores { get; set; } = new(
        2,
        new ModelScores { Perplexity = 20.5, RougeL = 0.125 },
        new ModelScores { Perplexity = 8.2, RougeL = 0.35 },
        [
            new RowCompletions(1, "Q: [red]2+2[/]\nA:", " 4", " \u001B[31mfive", " 4"),
            new RowCompletions(3, "Q: 3+3\nA:", " 6", " ", " 6"),
        ]);

    public RunInputs Inputs(RecipeOptions options)
    {
        Calls.Add("inputs");
        return new("base", "train", "test");
    }

    public TrainingPlan Plan(TrainingPipeline pipeline, RecipeOptions options)
    {
        Calls.Add("plan");
        return NewPlan();
    }

    public TrainingResult Train(TrainingPipeline pipeline, RecipeOptions options, RunInputs inputs, RunFolder folder, ITrainingObserver observer, CancellationToken stop)
    {
        Assert.Equal("base", inputs.BaseModel);
        Calls.Add("train");
        Trained = options;
        if (FailsBeforeStart is { } failure)
            throw failure;
        if (Finished)
            return NewResult() with { AlreadyFinished = true };
        observer.Started(NewPlan());
        DuringTraining?.Invoke(observer, stop);
        Directory.CreateDirectory(folder.AdapterFolder);
        File.WriteAllText(folder.RecipeFile, $"recipe: {options.Name}\n");
        for (var step = 1; step <= 4; step++)
        {
            observer.Stepped(new TrainingStep(step, 4, 4.0 / step, 1e-4, 0.5, 12345.6, step * 100, 100 << 20, TimeSpan.FromSeconds(step), TimeSpan.FromSeconds(4 - step)));
            File.AppendAllText(folder.MetricsFile, $$"""{"step":{{step}},"loss":{{4 / step}},"learning_rate":0.0001}""" + "\n");
        }

        observer.CheckpointSaved(4, folder.CheckpointsFolder);
        return NewResult() with { Interrupted = Interrupted };
    }

    public EvaluationResult Evaluate(
        TrainingPipeline pipeline, RecipeOptions options, RunFolder folder, IProgress<EvaluationProgress> progress, CancellationToken stop)
    {
        Calls.Add($"evaluate {options.Evaluation.Rows}");
        progress.Report(new EvaluationProgress("perplexity of the base model", 1, 2));
        return Directory.Exists(folder.AdapterFolder) ? Scores : Scores with { Tuned = null };
    }

    public IReadOnlyList<CheckedFile> Checked { get; set; } = [];

    public IReadOnlyList<CheckedFile> CheckData(TrainingPipeline pipeline, RecipeOptions options) => Checked;

    public RowPreviews Preview(TrainingPipeline pipeline, RecipeOptions options, PreviewRequest request) => new(
    [
        new PreviewRow("train.jsonl", 2, [new(1, "Q: ", false), new(2, "[x]\n", false), new(3, "A:", false), new(4, " 4", true), new(5, "<end>", true)]),
    ], [5, 9], 64);

    public ITextModels OpenModels(RecipeOptions options, RunFolder folder) => new FakeModels(Directory.Exists(folder.AdapterFolder), Calls);

    public MergeResult Merge(RecipeOptions options, RunFolder folder, string output)
    {
        Calls.Add($"merge {output}");
        return new MergeResult(14, "bfloat16", 11 << 20, 0.002);
    }

    private static TrainingPlan NewPlan() => new()
    {
        Parameters = 6_000_000,
        TrainableParameters = 480_000,
        Memory = new MemoryPlan(12_000_000, 1_920_000, 5_760_000, 30_000_000),
        Rows = 1000,
        DroppedRows = 7,
        TruncatedRows = 0,
        Sequences = 993,
        TokensPerEpoch = 50_000,
        TrainedTokensPerEpoch = 20_000,
        Steps = 4,
        MicroBatches = 16,
        WeightDType = "bfloat16",
        ProductDType = "float32",
        ProductDTypeReason = "this processor has no bf16 instructions",
    };

    private static TrainingResult NewResult() => new(4, false, 400, 12345.6, 1.5, 100 << 20, 1.0, null, false);

    private sealed class FakeModels(bool tuned, List<string> calls) : ITextModels
    {
        public bool HasTuned => tuned;

        public string Continue(bool tuned, string prompt, GenerationOptions options, Action<string> appended, CancellationToken stop)
        {
            calls.Add($"{prompt}|{options.MaxNewTokens}|{options.Temperature}|{options.Seed}");
            appended(tuned ? " tuned" : " base");
            return tuned ? " tuned answer" : " base answer";
        }

        public void Dispose() => calls.Add("disposed");
    }
}
