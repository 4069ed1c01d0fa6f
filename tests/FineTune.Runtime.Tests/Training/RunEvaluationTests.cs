using System.Text.Json;
using FineTune.Recipes;
using FineTune.Storage;
using FineTune.Training;

namespace FineTune.Tests.Training;

/// <summary>Evaluations while a run trains: their numbers, early stopping, the best weights, and that all of it resumes.</summary>
[Collection(nameof(RandomState))]
public sealed class RunEvaluationTests
{
    // Answers that the training rows contradict: the loss on them falls at first, then rises.
    private static readonly (string Question, string Answer)[] HeldOut = [("red0", " one 5"), ("green1", " north 0"), ("two4", " blue 2")];

    [Fact]
    public void Evaluations_are_every_so_many_steps_and_at_the_end()
    {
        using var project = New(training => training with { EvalSteps = 4, MaxSteps = 10 });
        var (result, observer) = Train(project);

        Assert.Equal([4, 8, 10], observer.Evaluations.Select(evaluation => evaluation.Step));
        Assert.All(observer.Evaluations, evaluation => Assert.InRange(evaluation.TokenAccuracy, 0, 1));
        Assert.Equal(observer.Evaluations.MinBy(evaluation => evaluation.Loss)!.Step, result.Best!.Step);
        var lines = File.ReadLines(project.Folder.MetricsFile).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(13, lines.Count);
        var last = lines[^1];
        Assert.Equal((10, observer.Evaluations[^1].Loss), (last.GetProperty("step").GetInt32(), last.GetProperty("eval_loss").GetDouble()));
        Assert.Equal(Math.Exp(observer.Evaluations[^1].Loss), last.GetProperty("eval_perplexity").GetDouble(), 1e-9);
    }

    [Theory]
    [InlineData(0.25, 10, new[] { 3, 6, 9, 10 })]
    [InlineData(0.5, 4, new[] { 2, 4 })]
    [InlineData(1, 2, new[] { 1, 2 })]
    public void A_share_of_the_steps_is_rounded_up(double every, int steps, int[] expected)
    {
        using var project = New(training => training with { EvalSteps = every, MaxSteps = steps, SaveSteps = every });
        var (_, observer) = Train(project);
        Assert.Equal(expected, observer.Evaluations.Select(evaluation => evaluation.Step));
        Assert.Equal(expected, observer.Checkpoints.Distinct());
    }

    [Fact]
    public void Evaluating_changes_nothing_of_what_is_trained()
    {
        using var with = New(training => training with { EvalSteps = 1, MaxSteps = 8 }, dropout: 0.3);
        using var without = New(training => training with { MaxSteps = 8 }, dropout: 0.3);
        Train(with);
        Train(without);
        Assert.Equal(Result(without), Result(with));
    }

    [Fact]
    public void The_result_has_the_weights_of_the_best_evaluation_and_resumes_to_the_same()
    {
        static TrainingOptions Options(TrainingOptions training) =>
            training with { EvalSteps = 2, MaxSteps = 60, LearningRate = 1e-2, LoadBest = true, SaveTotalLimit = 1 };
        using var project = New(Options, full: true);
        var (result, observer) = Train(project);
        var best = result.Best!.Step!.Value;
        Assert.InRange(best, 2, 52); // Otherwise the rows do not show what is to be shown.
        Assert.Contains(observer.Notices, notice => notice.Contains($"after step {best}", StringComparison.Ordinal));
        Assert.Equal([$"step-{best:D8}", "step-00000060"], Directory.GetDirectories(project.Folder.CheckpointsFolder).Select(Path.GetFileName).Order());

        using var shorter = New(training => Options(training) with { LoadBest = false }, full: true);
        using var stopping = new RecordingObserver { StopAfter = best };
        TrainingRun.Execute(shorter.Pipeline, shorter.Options, shorter.Folder, stopping, stopping.Stop);
        Assert.Equal(Tensors(Path.Combine(shorter.Folder.CheckpointsFolder, $"step-{best:D8}", "trained.safetensors")), Result(project));

        using var parts = New(Options, full: true);
        Train(parts, stopAfter: best + 1);
        Train(parts, stopAfter: 57);
        var (resumed, _) = Train(parts);
        Assert.Equal(result.Best, resumed.Best);
        Assert.Equal(Result(project), Result(parts));
    }

    [Fact]
    public void Training_stops_after_evaluations_without_improvement_and_resumes_to_the_same()
    {
        static TrainingOptions Options(TrainingOptions training) =>
            training with { EvalSteps = 2, MaxSteps = 60, LearningRate = 1e-2, EarlyStoppingPatience = 3 };
        using var whole = New(Options, full: true);
        var (result, observer) = Train(whole);
        Assert.False(result.Interrupted);
        Assert.InRange(result.Steps, 8, 58);
        Assert.Equal(3, result.Best!.WithoutImprovement);
        Assert.Contains(observer.Notices, notice => notice.StartsWith($"Stopped early after step {result.Steps}", StringComparison.Ordinal));
        Assert.True(Train(whole).Result.AlreadyFinished);

        using var parts = New(Options, full: true);
        Assert.True(Train(parts, stopAfter: result.Steps - 1).Result.Interrupted);
        var (resumed, _) = Train(parts);
        Assert.Equal((result.Steps, result.Best), (resumed.Steps, resumed.Best));
        Assert.Equal(Result(whole), Result(parts));
    }

    [Fact]
    public void Patience_that_the_run_is_too_short_for_is_told()
    {
        using var project = New(training => training with { EvalSteps = 2, MaxSteps = 4, EarlyStoppingPatience = 2 });
        Assert.Contains(Train(project).Observer.Notices, notice => notice.Contains("there are 2 evaluations in 4 steps", StringComparison.Ordinal));
    }

    [Fact]
    public void Evaluations_belong_to_a_runs_identity_only_where_its_weights_depend_on_them()
    {
        using var project = New(training => training with { EvalSteps = 2 });
        var inputs = new RunInputs("base", "train", "test");
        string Identity(Func<TrainingOptions, TrainingOptions> change, RunInputs? other = null) =>
            RunIdentity.Of(project.Options with { Training = change(project.Options.Training) }, other ?? inputs);
        var plain = Identity(training => training);

        Assert.Equal(plain, Identity(training => training with { EvalSteps = 5, SaveSteps = 7 }, inputs with { TestData = "other" }));
        Assert.NotEqual(plain, Identity(training => training with { LearningRate = 1e-3 }));
        Assert.NotEqual(plain, Identity(training => training, inputs with { TrainingData = "other" }));
        var best = Identity(training => training with { LoadBest = true });
        Assert.NotEqual(best, Identity(training => training with { LoadBest = true, EvalSteps = 5 }));
        Assert.NotEqual(best, Identity(training => training with { LoadBest = true }, inputs with { TestData = "other" }));
    }

    private static TinyProject New(Func<TrainingOptions, TrainingOptions> training, double dropout = 0, bool full = false)
    {
        var project = new TinyProject();
        project.WriteTestRows(HeldOut);
        project.Options = project.Options with
        {
            Training = training(project.Options.Training with { Epochs = 20 }),
            Adapter = full ? null : project.Options.Adapter! with { Dropout = dropout },
        };
        project.Folder = RunFolder.Of(project.Options, project.Root);
        return project;
    }

    private static (TrainingResult Result, RecordingObserver Observer) Train(TinyProject project, int? stopAfter = null)
    {
        using var observer = new RecordingObserver { StopAfter = stopAfter };
        return (TrainingRun.Execute(project.Pipeline, project.Options, project.Folder, observer, observer.Stop), observer);
    }

    private static string Result(TinyProject project) => Tensors(Directory.EnumerateFiles(project.Folder.AdapterFolder, "*.safetensors").Single());

    private static string Tensors(string path)
    {
        using var reader = SafetensorsReader.Open(path);
        return string.Concat(reader.Entries.Keys.Order().Select(name => name + Convert.ToHexString(reader.ReadBytes(name))));
    }
}
