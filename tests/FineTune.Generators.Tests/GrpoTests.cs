namespace FineTune.Generators.Tests;

/// <summary>Recipes that learn from rewards, in YAML and in C#.</summary>
public sealed class GrpoTests
{
    private const string Data = "data: { train: train.jsonl, prompt: '{a|completion}' }";

    private const string Rewards = """
        using System.Collections.Generic;
        using FineTune.Hooks;

        namespace Samples;

        public sealed class Short : IReward<Tiny.Row>
        {
            public string Name => "short";

            public double? Score(Tiny.Row row, string completion) => -completion.Length;
        }

        public sealed partial class Tiny
        {
            protected override IReadOnlyList<IReward<Tiny.Row>> Rewards => [new Short()];
        }
        """;

    private const string Types = """
        using System.Collections.Generic;
        using FineTune.Attributes;
        using FineTune.Hooks;
        using FineTune.Recipes;

        namespace Samples;

        [BaseModel("models/tiny")]
        public sealed class Model;

        [Dataset("train.jsonl")]
        [Prompt("{Question}")]
        public sealed record Row(string Question);

        public sealed class Short : IReward<Row>
        {
            public string Name => "short";

            public double? Score(Row row, string completion) => -completion.Length;
        }

        """;

    /// <summary>Each breach alone, with the text that it marks.</summary>
    [Theory]
    [InlineData("FT1131", "max_completion_length", "data: { train: t, prompt: '{a}', max_length: 128 }", "grpo: { max_completion_length: 128 }")]
    [InlineData("FT1132", "overlong", "data: { train: t, prompt: '{a}', overlong: split }", "")]
    [InlineData("FT1133", "epsilon_high", Data, "grpo: { epsilon_high: 0.1 }")]
    [InlineData("FT1134", "objective", Data, "grpo: { objective: cispo }")]
    [InlineData("FT1134", "objective", Data, "grpo: { objective: cispo, epsilon_high: 0.5 }")]
    [InlineData("FT1135", "top_k", Data, "grpo: { top_k: 1 }")]
    [InlineData("FT1136", "type", "data: { train: t, type: text }", "")]
    [InlineData("FT1137", "learning_rate", Data, "adapter: { kind: lora }", "learning_rate: 2e-3")]
    [InlineData("FT1137", "learning_rate", Data, "", "learning_rate: 2e-4")]
    [InlineData("FT1012", "tokens_per_batch", Data, "", "tokens_per_batch: 2048")]
    [InlineData("FT1012", "label_smoothing", Data, "", "label_smoothing: 0.1")]
    [InlineData("FT1012", "loss_type", Data, "", "loss_type: dft")]
    [InlineData("FT1012", "eval_steps", "data: { train: t, test: t2, prompt: '{a}' }", "", "eval_steps: 10")]
    [InlineData("FT1007", "1", Data, "grpo: { num_generations: 1 }")]
    [InlineData("FT1017", "loss_type", Data, "grpo: { loss_type: grpo }")]
    public void ABreachAlone(string id, string marked, string data, string section, string training = "")
    {
        var test = GeneratorTest.Run($"recipe: Tiny\nmodel: {{ base: models/tiny }}\n{data}\ntraining: {{ method: grpo{(training.Length > 0 ? ", " + training : "")} }}\n{section}\n", Rewards);
        var diagnostic = Assert.Single(test.Diagnostics, diagnostic => diagnostic.Id.StartsWith("FT", StringComparison.Ordinal));
        Assert.Equal((id, marked), (diagnostic.Id, test.Marked(diagnostic)));
    }

    /// <summary>What comes near a breach and is none.</summary>
    [Theory]
    [InlineData("data: { train: t, prompt: 'Question: {a}' }", "", "")]
    [InlineData("data: { train: t, test: t2, prompt: '{a}' }", "", "")]
    [InlineData("data: { train: t, prompt: '{a}', overlong: truncate_start, max_length: 129 }", "grpo: { max_completion_length: 128, epsilon_high: 0.28, top_k: 2 }", "")]
    [InlineData(Data, "grpo: { objective: cispo, epsilon_high: 5 }", "")]
    [InlineData(Data, "adapter: { kind: lora }", "learning_rate: 1e-5")]
    public void NoBreach(string data, string section, string training) => Assert.Equal("", GeneratorTest.Run(
        $"recipe: Tiny\nmodel: {{ base: models/tiny }}\n{data}\ntraining: {{ method: grpo{(training.Length > 0 ? ", " + training : "")} }}\n{section}\n", Rewards).Ids);

    [Fact]
    public void Keys_of_grpo_need_the_method() => GeneratorTest.Run($$"""
        recipe: Tiny
        model: { base: models/tiny }
        {{Data}}
        grpo: { num_generations: 4, beta: 0.1 }
        """).VerifyDiagnostics();

    [Fact]
    public void A_recipe_without_rewards() => GeneratorTest.Run($$"""
        recipe: Tiny
        model: { base: models/tiny }
        {{Data}}
        training:
          method: grpo
        """).VerifyDiagnostics();

    [Fact]
    public void Breaches() => GeneratorTest.Run("""
        recipe: Tiny
        model: { base: models/tiny }
        data: { train: t, type: text, overlong: split, max_length: 128 }
        training: { method: grpo, learning_rate: 0.01 }
        grpo: { max_completion_length: 128, epsilon_high: 0.1, top_k: 1 }
        """).VerifyDiagnostics();

    [Fact]
    public void Weights_below_one() => GeneratorTest.Run($$"""
        recipe: Tiny
        model: { base: models/tiny }
        {{Data}}
        training: { method: grpo }
        grpo: { objective: cispo }
        """, Rewards).VerifyDiagnostics();

    [Fact]
    public void A_recipe_in_YAML() => GeneratorTest.Run("""
        recipe: Tiny
        model: { base: models/tiny }
        data: { train: train.jsonl, prompt: "Question: {question}" }
        training: { method: grpo, batch_size: 2, learning_rate: 1e-4 }
        grpo: { num_generations: 4, max_completion_length: 32, objective: dr_grpo, scale_rewards: none, mask_truncated_completions: true }
        """, Rewards).Verify();

    [Fact]
    public void A_recipe_in_CSharp() => GeneratorTest.Run(code: Types + """
        [Recipe<Model, Row>]
        [Grpo(LearningRate = 1e-4, BatchSize = 2, NumGenerations = 4, MaxCompletionLength = 32, Objective = GrpoObjective.DrGrpo, ScaleRewards = RewardScaling.None, MaskTruncatedCompletions = true)]
        public sealed partial class Tiny
        {
            protected override IReadOnlyList<IReward<Row>> Rewards => [new Short()];
        }
        """).Verify();

    [Fact]
    public void Mistakes_in_CSharp() => GeneratorTest.Run(code: Types + """
        [Recipe<Model, Row>] [Grpo] public sealed partial class NoRewards;

        [Recipe<Model, Row>] [Sft] [Grpo] public sealed partial class Both;

        [Recipe<Model, Row>] [Sft] public sealed partial class NothingToLearn;

        [Grpo] public sealed class NoRecipe;

        [Recipe<Model, Row>]
        [Grpo(NumGenerations = 1, LossType = LossType.Dft, TopK = 1, NumIteration = 4, Cliprange = 0.2)]
        public sealed partial class Wrong
        {
            protected override IReadOnlyList<IReward<Row>> Rewards => [new Short()];
        }
        """).VerifyDiagnostics();
}
