using System.Text.Json;
using FineTune.Recipes;
using FineTune.Storage;
using FineTune.Training;

namespace FineTune.Tests.Training;

/// <summary>Whole runs: what they learn, that they resume bit for bit, and what they say of bad input.</summary>
[Collection(nameof(RandomState))]
public sealed class TrainingRunTests
{
    [Fact]
    public void A_full_run_learns_its_rows_and_leaves_a_model_folder_and_a_line_for_each_step()
    {
        using var project = new TinyProject(4);
        project.Options = project.Options with { Adapter = null, Training = project.Options.Training with { Epochs = 140 } };
        project.Folder = RunFolder.Of(project.Options, project.Root);
        var (result, observer) = Train(project);

        Assert.False(result.Interrupted);
        Assert.True(result.FinalLoss < 0.05, $"The loss ended at {result.FinalLoss}.");
        Assert.Equal(observer.Plan!.Steps, observer.Steps.Count);
        Assert.Equal(observer.Steps.Count, File.ReadLines(project.Folder.MetricsFile).Count());
        Assert.Equal(observer.Steps[^1].TrainedTokens, result.TrainedTokens);
        Assert.Equal("model", Path.GetFileName(project.Folder.AdapterFolder));
        Assert.All(new[] { "config.json", "tokenizer.json", "model.safetensors" }, name => Assert.True(File.Exists(Path.Combine(project.Folder.AdapterFolder, name))));
    }

    [Fact]
    public void A_lora_run_lowers_the_loss_and_leaves_a_peft_folder()
    {
        using var project = new TinyProject();
        var (result, observer) = Train(project);
        Assert.True(result.FinalLoss < observer.Steps[0].Loss);
        using var config = JsonDocument.Parse(File.ReadAllText(Path.Combine(project.Folder.AdapterFolder, "adapter_config.json")));
        Assert.Equal("LORA", config.RootElement.GetProperty("peft_type").GetString());
    }

    [Theory]
    [InlineData(0, 0.0)]
    [InlineData(0, 0.3)]
    [InlineData(1, 0.0)]
    public void A_resumed_run_ends_with_the_bits_of_an_uninterrupted_one(int full, double dropout)
    {
        using var whole = new TinyProject();
        using var parts = new TinyProject();
        foreach (var project in new[] { whole, parts })
            project.Options = project.Options with { Adapter = full == 1 ? null : project.Options.Adapter! with { Dropout = dropout } };

        var (expected, _) = Train(whole);
        Assert.True(Train(parts, stopAfter: 3).Result.Interrupted);
        Assert.True(Train(parts, stopAfter: 7).Result.Interrupted);
        var (result, observer) = Train(parts);

        Assert.Contains("Resuming after step 7", Assert.Single(observer.Notices), StringComparison.Ordinal);
        Assert.Equal(expected.TrainedTokens, result.TrainedTokens);
        Assert.Equal(Result(whole), Result(parts));
        Assert.Equal(Losses(whole), Losses(parts));
    }

    [Fact]
    public void The_same_run_again_finds_its_result_and_another_recipe_sets_it_aside()
    {
        using var project = new TinyProject();
        Train(project);
        var (again, observer) = Train(project);
        Assert.True(again.AlreadyFinished);
        Assert.Empty(observer.Steps);

        project.Options = project.Options with { Training = project.Options.Training with { LearningRate = 5e-3 } };
        var (changed, changedObserver) = Train(project);
        Assert.False(changed.AlreadyFinished);
        Assert.Contains("changed since the last run", changedObserver.Notices[0], StringComparison.Ordinal);
        Assert.True(Directory.Exists(project.Folder.PreviousPath));
    }

    [Fact]
    public void A_run_is_known_by_the_hashes_that_it_is_given()
    {
        using var project = new TinyProject();
        TrainingResult Run(RunInputs? inputs) =>
            TrainingRun.Execute(project.Pipeline, project.Options, project.Folder, new RecordingObserver(), CancellationToken.None, inputs);
        Assert.False(Run(new("base", "rows", null)).AlreadyFinished);
        Assert.True(Run(new("base", "rows", null)).AlreadyFinished);
        Assert.False(Run(null).AlreadyFinished);
        Assert.True(Run(RunInputs.Of(project.Options)).AlreadyFinished);
    }

    [Fact]
    public void Rows_times_accumulation_gives_the_same_steps_however_they_are_split()
    {
        var losses = new List<double[]>();
        foreach (var (batch, accumulation, microBatch) in new[] { (1, 8, 2048), (2, 4, 16), (8, 1, 64), (4, 2, 24) })
        {
            using var project = new TinyProject();
            project.Options = project.Options with
            {
                Training = project.Options.Training with { TokensPerBatch = null, BatchSize = batch, GradientAccumulation = accumulation, MicroBatchTokens = microBatch },
            };
            Train(project);
            losses.Add(Losses(project));
        }

        foreach (var other in losses.Skip(1))
        {
            Assert.Equal(losses[0].Length, other.Length);
            Assert.All(losses[0].Zip(other), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        }
    }

    [Fact]
    public void Two_runs_have_the_same_bits()
    {
        using var first = new TinyProject();
        using var second = new TinyProject();
        Train(first);
        Train(second);
        Assert.Equal(Result(first), Result(second));
    }

    [Fact]
    public void A_loss_that_is_not_finite_stops_the_run_and_keeps_the_weights_before_it()
    {
        using var project = new TinyProject();
        project.Options = project.Options with
        {
            Adapter = null,
            Training = project.Options.Training with { LearningRate = 1e30, MaxGradNorm = 0, Schedule = LearningRateSchedule.ConstantWithWarmup, WarmupSteps = 3 },
        };
        var error = Assert.Throws<FineTuneException>(() => Train(project));
        Assert.Equal("FT5321", error.Code);
        Assert.Contains("rows are on lines", error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(Directory.GetDirectories(project.Folder.CheckpointsFolder));
        Assert.False(Directory.Exists(project.Folder.AdapterFolder));
    }

    [Fact]
    public void A_row_without_a_trained_token_is_named()
    {
        using var project = new TinyProject();
        project.WriteRows([("red", " one"), ("blue", "")]);
        var error = Assert.Throws<FineTuneException>(() => Train(project));
        Assert.Equal(("FT5311", $"{project.DataPath}:2"), (error.Code, error.Place));
    }

    [Theory]
    [InlineData(OverlongRows.Drop, 1, 0)]
    [InlineData(OverlongRows.TruncateStart, 0, 1)]
    [InlineData(OverlongRows.Split, 0, 0)]
    public void Overlong_rows_are_treated_as_asked_and_counted(OverlongRows policy, int dropped, int truncated)
    {
        using var project = new TinyProject();
        project.WriteRows([("red", " one"), (string.Concat(Enumerable.Repeat("north ", 60)), " two three")]);
        project.Options = project.Options with { Data = project.Options.Data with { Overlong = policy, MaxLength = 40 } };
        var plan = TrainingRun.Plan(project.Pipeline, project.Options);
        Assert.Equal((2, dropped, truncated), (plan.Rows, plan.DroppedRows, plan.TruncatedRows));
    }

    [Fact]
    public void An_overlong_row_is_an_error_unless_the_recipe_says_otherwise()
    {
        using var project = new TinyProject();
        project.WriteRows([("red", " one"), (string.Concat(Enumerable.Repeat("north ", 60)), " two")]);
        var error = Assert.Throws<FineTuneException>(() => TrainingRun.Plan(project.Pipeline, project.Options));
        Assert.Equal(("FT5310", $"{project.DataPath}:2"), (error.Code, error.Place));
    }

    [Fact]
    public void An_empty_dataset_is_an_error()
    {
        using var project = new TinyProject();
        File.WriteAllText(project.DataPath, "\n");
        Assert.Equal("FT5312", Assert.Throws<FineTuneException>(() => TrainingRun.Plan(project.Pipeline, project.Options)).Code);
    }

    [Fact]
    public void A_tokenizer_of_another_model_is_an_error()
    {
        using var project = new TinyProject();
        var config = Path.Combine(project.ModelFolderPath, "config.json");
        File.WriteAllText(config, File.ReadAllText(config).Replace("\"vocab_size\": 300", "\"vocab_size\": 200", StringComparison.Ordinal));
        Assert.Equal("FT1306", Assert.Throws<FineTuneException>(() => TrainingRun.Plan(project.Pipeline, project.Options)).Code);
    }

    [Fact]
    public void A_length_beyond_the_context_is_the_same_error_as_at_build()
    {
        using var project = new TinyProject();
        project.Options = project.Options with { Data = project.Options.Data with { MaxLength = 100_000 } };
        var error = Assert.Throws<FineTuneException>(() => TrainingRun.Plan(project.Pipeline, project.Options));
        Assert.Equal(("FT1303", "data.max_length"), (error.Code, error.Place));
    }

    [Fact]
    public void A_target_that_the_model_lacks_is_the_same_error_as_at_build()
    {
        using var project = new TinyProject();
        project.Options = project.Options with { Adapter = new() { Targets = ["q_proj", "q_porj"] } };
        var error = Assert.Throws<FineTuneException>(() => TrainingRun.Plan(project.Pipeline, project.Options));
        Assert.Equal("FT1300", error.Code);
        Assert.Contains("did you mean 'q_proj'?", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_weights_are_an_error_that_leaves_nothing_behind()
    {
        using var project = new TinyProject();
        var weights = Path.Combine(project.ModelFolderPath, "model.safetensors");
        File.WriteAllBytes(weights, File.ReadAllBytes(weights)[..^100]);
        Assert.Equal("FT5101", Assert.Throws<FineTuneException>(() => Train(project)).Code);
        Assert.False(Directory.Exists(project.Folder.Path));
    }

    [Theory]
    [InlineData("trained.safetensors")]
    [InlineData("optimizer.safetensors")]
    public void A_checkpoint_that_lacks_tensors_is_an_error_with_its_folder(string file)
    {
        using var project = new TinyProject();
        Assert.True(Train(project, stopAfter: 3).Result.Interrupted);
        var checkpoint = Assert.Single(Directory.GetDirectories(project.Folder.CheckpointsFolder));
        SafetensorsWriter.Write(Path.Combine(checkpoint, file), [], null);

        var error = Assert.Throws<FineTuneException>(() => Train(project));

        Assert.Equal(("FT5320", checkpoint), (error.Code, error.Place));
    }

    private static (TrainingResult Result, RecordingObserver Observer) Train(TinyProject project, int? stopAfter = null)
    {
        using var observer = new RecordingObserver { StopAfter = stopAfter };
        return (TrainingRun.Execute(project.Pipeline, project.Options, project.Folder, observer, observer.Stop), observer);
    }

    private static string Result(TinyProject project)
    {
        using var reader = SafetensorsReader.Open(Directory.EnumerateFiles(project.Folder.AdapterFolder, "*.safetensors").Single());
        return string.Concat(reader.Entries.Keys.Order().Select(name => name + Convert.ToHexString(reader.ReadBytes(name))));
    }

    private static double[] Losses(TinyProject project) =>
        [.. File.ReadLines(project.Folder.MetricsFile).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("loss").GetDouble())];
}
