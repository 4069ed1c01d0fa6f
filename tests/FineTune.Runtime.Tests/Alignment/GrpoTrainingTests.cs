using System.Text.Json;
using FineTune.Data;
using FineTune.Evaluation;
using FineTune.Hooks;
using FineTune.Prompts;
using FineTune.Recipes;
using FineTune.Storage;
using FineTune.Tests.Data;
using FineTune.Tests.Training;
using FineTune.Training;

namespace FineTune.Tests.Alignment;

/// <summary>Whole runs by GRPO: that rewards grow, that runs resume bit for bit, and what they say of rewards that are wrong.</summary>
[Collection(nameof(RandomState))]
public sealed class GrpoTrainingTests
{
    [Theory]
    [InlineData(GrpoObjective.Dapo, 1)]
    [InlineData(GrpoObjective.Grpo, 2)]
    [InlineData(GrpoObjective.DrGrpo, 1)]
    [InlineData(GrpoObjective.Cispo, 1)]
    public void What_is_rewarded_becomes_likelier(GrpoObjective objective, int iterations)
    {
        using var project = Project(options => options with
        {
            // On a base of random weights an adapter learns little.
            Adapter = null,
            Training = options.Training with { MaxSteps = 40, LearningRate = 1e-2 },
            Grpo = options.Grpo with { Objective = objective, NumIterations = iterations, EpsilonHigh = objective == GrpoObjective.Cispo ? 5 : null, Beta = 0.01 },
        });
        var (result, observer) = Train(project);

        Assert.Equal(40, result.Steps);
        double Mean(IEnumerable<TrainingStep> steps) => steps.Average(step => step.Reward!.Value);
        var (first, last) = (Mean(observer.Steps.Take(5)), Mean(observer.Steps.TakeLast(5)));
        Assert.True(last > 2 * first + 0.05, $"The reward went from {first} to {last}.");
        Assert.All(observer.Steps, step => Assert.InRange(step.Metrics["completions_mean_length"], 1, 8));
        Assert.Contains(observer.Steps, step => step.Metrics["kl"] > 0);
        using var line = JsonDocument.Parse(File.ReadLines(project.Folder.MetricsFile).Last());
        Assert.Equal(observer.Steps[^1].Reward, line.RootElement.GetProperty("reward").GetDouble());
        Assert.Equal(observer.Steps[^1].Reward, line.RootElement.GetProperty("rewards/letter e").GetDouble());
    }

    [Theory]
    [InlineData(true, 1, 0.3)]
    [InlineData(true, 2, 0.0)]
    [InlineData(false, 3, 0.0)]
    public void A_resumed_run_ends_with_the_bits_of_an_uninterrupted_one(bool lora, int iterations, double dropout)
    {
        using var whole = Project(Change);
        using var parts = Project(Change);
        RecipeOptions Change(RecipeOptions options) => options with
        {
            Adapter = lora ? options.Adapter! with { Dropout = dropout } : null,
            Training = options.Training with { MaxSteps = 12 },
            Grpo = options.Grpo with { NumIterations = iterations, Beta = 0.1 },
        };

        Train(whole);
        Assert.True(Train(parts, stopAfter: 4).Result.Interrupted);
        var (result, observer) = Train(parts);

        // A round is learned from to its end: its completions are the model's of its beginning.
        var resumed = (4 + iterations - 1) / iterations * iterations;
        Assert.Contains($"Resuming after step {resumed}", Assert.Single(observer.Notices), StringComparison.Ordinal);
        Assert.Equal(12, result.Steps);
        Assert.Equal(Result(whole), Result(parts));
        Assert.Equal(File.ReadAllLines(whole.Folder.MetricsFile).Select(Measured), File.ReadAllLines(parts.Folder.MetricsFile).Select(Measured));
    }

    [Fact]
    public void Rewards_are_measured_of_base_and_tuned_model_without_completions_in_the_rows()
    {
        using var project = Project(options => options with { Training = options.Training with { MaxSteps = 30, LearningRate = 1e-2 }, Adapter = null });
        project.WriteTestRows(Enumerable.Range(0, 6).Select(i => ($"red {i}", "")));
        Train(project);
        var result = RecipeEvaluation.Run(project.Pipeline, project.Options, project.Folder, new Progress<EvaluationProgress>(), TestContext.Current.CancellationToken);
        Assert.Equal(6, result.Rows);
        Assert.True(result.Tuned!.Rewards!["letter e"] > result.Base.Rewards!["letter e"], $"{result.Base.Rewards["letter e"]} -> {result.Tuned.Rewards["letter e"]}");
    }

    [Fact]
    public void A_plan_counts_completions_and_the_longest_that_they_may_be()
    {
        using var project = Project(options => options with { Training = options.Training with { MaxSteps = null, Epochs = 2 }, Grpo = options.Grpo with { NumIterations = 2 } });
        var plan = TrainingRun.Plan(project.Pipeline, project.Options);
        Assert.Equal(24, plan.Rows);
        Assert.Equal(24 * 4, plan.CompletionsPerEpoch);
        // Six batches of four prompts an epoch, each learned from twice.
        Assert.Equal(6 * 2 * 2, plan.Steps);
        Assert.Equal(0, plan.TrainedTokensPerEpoch);
    }

    [Theory]
    [InlineData(true, 0.1, 0)]
    [InlineData(false, 0.1, 1)]
    [InlineData(false, 0.0, 0)]
    public void The_plan_has_the_memory_of_sampling_and_of_a_base_model_beside_trained_weights(bool lora, double beta, int models)
    {
        using var project = Project(options => options with { Adapter = lora ? options.Adapter : null, Grpo = options.Grpo with { Beta = beta } });
        var plan = TrainingRun.Plan(project.Pipeline, project.Options);
        // Two blocks of two key heads of eight numbers, keys and values in fp32, of 16,384 tokens.
        Assert.Equal(2L * 2 * 2 * 8 * 4 * 16_384, plan.Memory.Sampling);
        Assert.Equal(models * 4 * plan.Parameters, plan.Memory.Reference);
        Assert.Equal(plan.Memory.Weights + plan.Memory.Adapter + plan.Memory.Optimizer + plan.Memory.Activations + plan.Memory.Reference + plan.Memory.Sampling, plan.Memory.Total);
    }

    [Fact]
    public void All_completions_truncated_and_masked_change_nothing()
    {
        using var project = Project(options => options with
        {
            Training = options.Training with { MaxSteps = 2, WeightDecay = 0 },
            Grpo = options.Grpo with { MaxCompletionLength = 1, MaskTruncatedCompletions = true },
        });
        var (_, observer) = Train(project);
        Assert.All(observer.Steps.Where(step => step.Metrics["completions_clipped_ratio"] == 1), step => Assert.Equal((0, 0), (step.Loss, step.GradNorm)));
        Assert.Contains(observer.Steps, step => step.Metrics["completions_clipped_ratio"] == 1);
    }

    [Fact]
    public void Without_rewards_there_is_nothing_to_learn() => AssertError("FT1130", "override Rewards", new Judged([]));

    [Fact]
    public void Two_rewards_of_one_name_are_told_apart() => AssertError("FT5152", "two rewards named 'a'", new Judged([new Reward("a", (_, _) => 1), new Reward("a", (_, _) => 0)]));

    [Fact]
    public void A_reward_is_a_number()
    {
        var error = AssertError("FT5150", "The reward 'a' gave NaN for the completion", new Judged([new Reward("a", (_, _) => double.NaN)]));
        Assert.Matches(@"train\.jsonl:\d+$", error.Place);
    }

    [Fact]
    public void A_reward_that_throws_is_told_with_its_row()
    {
        var error = AssertError("FT5131", "reward 'a' threw InvalidOperationException", new Judged([new Reward("a", (_, _) => throw new InvalidOperationException("No such judge."))]));
        Assert.Contains("No such judge.", error.Message, StringComparison.Ordinal);
        Assert.Matches(@"train\.jsonl:\d+$", error.Place);
    }

    [Fact]
    public void A_weight_is_finite() => AssertError("FT5150", "has the weight Infinity", new Judged([new Reward("a", (_, _) => 1) { Weight = double.PositiveInfinity }]));

    [Fact]
    public void A_loss_of_the_users_own_would_not_be_used() =>
        AssertError("FT5153", "its own loss 'own' would not be used", new Judged([new Reward("a", (_, _) => 1)]) { OwnLoss = new UnusedLoss() });

    [Fact]
    public void A_completion_needs_room_beside_its_prompt()
    {
        var error = AssertError("FT1131", "'grpo.max_completion_length' is 64", new Judged([new Reward("a", (_, _) => 1)]), options => options with { Grpo = options.Grpo with { MaxCompletionLength = 64 } });
        Assert.Contains("the model's context", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_prompt_that_leaves_no_room_is_told_with_its_row()
    {
        var error = AssertError("FT5310", "fit beside its completion", new Judged([new Reward("a", (_, _) => 1)]), options => options with { Grpo = options.Grpo with { MaxCompletionLength = 60 } });
        Assert.Matches(@"train\.jsonl:1$", error.Place);
    }

    [Fact]
    public void A_row_without_a_prompt_is_told_by_the_check_of_rows()
    {
        using var project = Project(options => options, new Judged([new Reward("a", (_, _) => 1)]) { Asks = false });
        var file = Assert.Single(DataCheck.Run(project.Pipeline, project.Options));
        Assert.Equal(24, file.Findings.Count(finding => finding is { Code: "FT5151", IsError: false }));
        Assert.Equal((24, 0), (file.Rows, file.TrainedTokens));
    }

    [Theory]
    [InlineData("user:\nhi<|end|>\nassistant:\n", "user: hi")]
    [InlineData("user:\nhi<|end|>\nassistant:\n", "user: hi", "assistant: yes")]
    [InlineData("user:\na<|end|>\nassistant:\nb<|end|>\nuser:\nc<|end|>\nassistant:\n", "user: a", "assistant: b", "user: c")]
    public void A_conversation_gives_what_comes_before_the_assistants_last_message(string prompt, params string[] messages)
    {
        using var project = new ChatProject();
        project.Write(ChatProject.Row(messages));
        project.Options = project.Options with
        {
            Training = project.Options.Training with { Method = TrainingMethod.Grpo },
            Grpo = new GrpoOptions { MaxCompletionLength = 4 },
            Data = project.Options.Data with { MaxLength = 60 },
        };
        Assert.Empty(project.Findings());
        var preparation = RowPreparation.Of(project.Options, FineTune.Models.ModelConfig.Load(project.Options.Model.Base));
        var row = Assert.Single(new RecipeRows(project.Pipeline, project.Options).Training(project.DataPath)).Row!.Value;
        var sequence = preparation.Tokenize(row);
        Assert.Equal((prompt, 0), (preparation.Tokenizer.Decode(sequence.Ids.ToArray(), skipSpecialTokens: false), sequence.TrainedTokens));
    }

    [Fact]
    public void Reading_rows_makes_no_rewards()
    {
        using var project = Project(options => options, new Judged([]) { FailsToMakeRewards = true });
        Assert.Empty(Assert.Single(DataCheck.Run(project.Pipeline, project.Options)).Findings);
        Assert.Equal(24, TrainingRun.Plan(project.Pipeline, project.Options).Rows);
    }

    private static FineTuneException AssertError(string code, string message, Judged pipeline, Func<RecipeOptions, RecipeOptions>? change = null)
    {
        using var project = Project(change ?? (options => options), pipeline);
        var error = Assert.Throws<FineTuneException>(() => Train(project));
        Assert.Equal(code, error.Code);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        return error;
    }

    private static TinyProject Project(Func<RecipeOptions, RecipeOptions> change, Judged? pipeline = null)
    {
        var project = new TinyProject { Pipeline = pipeline ?? new Judged([new Reward("letter e", (_, text) => text.Length == 0 ? 0 : (double)text.Count(character => character == 'e') / text.Length)]) };
        project.Options = change(project.Options with
        {
            Training = project.Options.Training with { Method = TrainingMethod.Grpo, TokensPerBatch = null, MaxSteps = 4, Schedule = LearningRateSchedule.Constant },
            Grpo = new GrpoOptions { NumGenerations = 4, MaxCompletionLength = 8 },
        });
        project.Folder = RunFolder.Of(project.Options, project.Root);
        return project;
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

    private static (double Loss, double Reward) Measured(string line)
    {
        using var document = JsonDocument.Parse(line);
        return (document.RootElement.GetProperty("loss").GetDouble(), document.RootElement.GetProperty("reward").GetDouble());
    }

    private sealed class Judged(IReadOnlyList<IReward<TinyProject.Row>> rewards) : TinyProject.TinyPipeline
    {
        public ITokenLoss? OwnLoss { get; init; }

        public bool FailsToMakeRewards { get; init; }

        protected override IReadOnlyList<IReward<TinyProject.Row>> Rewards => FailsToMakeRewards ? throw new InvalidOperationException("No judge at build.") : rewards;

        protected internal override ITokenLoss? Loss => OwnLoss;

        public bool Asks { get; init; } = true;

        protected override void Format(TinyProject.Row row, PromptBuilder prompt)
        {
            if (Asks)
                prompt.Text($"Q: {row.Question} A:");
            else
                prompt.Completion(row.Question);
        }
    }

    private sealed class Reward(string name, Func<TinyProject.Row, string, double?> score) : IReward<TinyProject.Row>
    {
        public string Name => name;

        public double Weight { get; init; } = 1;

        public double? Score(TinyProject.Row row, string completion) => score(row, completion);
    }

    private sealed class UnusedLoss : ITokenLoss
    {
        public string Name => "own";

        public TorchSharp.torch.Tensor Losses(TorchSharp.torch.Tensor logits, TorchSharp.torch.Tensor targets) => throw new NotSupportedException();
    }
}
