using FineTune.Prompts;
using FineTune.Recipes;

namespace FineTune.Generators.Tests;

public sealed class ExecutionTests
{
    private const string Yaml = """
        recipe: Tiny
        model: { base: models/tiny }
        data:
          train: train.jsonl
          prompt: |
            Q: {question} {{x}}
            A:{answer|completion} {note} {answer|completion}
        """;

    private const string Code = """
        using FineTune.Attributes;
        namespace Samples;
        [BaseModel("models/tiny")] public sealed class Model;
        [Dataset("train.jsonl")]
        [Prompt("{Id} {Count} {Size} {Score} {Good} [{Note}] [{MaybeCount}] [{MaybeGood}] {Upper}\n{InputText|completion}")]
        public sealed record Sample(string Id, int Count, long Size, double Score, bool Good, string? Note, int? MaybeCount, bool? MaybeGood)
        {
            public required string InputText { get; init; }
            public string Upper => Id.ToUpperInvariant();
        }
        [Recipe<Model, Sample>] public sealed partial class Typed;
        """;

    [Fact]
    public void RendersTheColumnsOfARow()
    {
        var prompt = GeneratedProject.Render(
            GeneratedProject.Create(GeneratorTest.Run(Yaml), "Samples.Tiny"),
            """{ "id": 7, "answer": "42", "more": { "question": ["no", { "answer": 1 }] }, "note": "\u00e4\"", "question": "What?" }""");
        Assert.Equal(
            [new("Q: What? {x}\nA:", false), new("42", true), new(" ä\" ", false), new("42", true)],
            prompt.Segments.Select(segment => new PromptSegment(segment.Text, segment.Trained)));
    }

    [Theory]
    [InlineData("""{ "question": "a", "note": "b" }""", "The row has no column 'answer'.")]
    [InlineData("""{ "question": 1, "answer": "a", "note": "b" }""", "Column 'question' must be a string, but is a number.")]
    [InlineData("""{ "question": null, "answer": "a", "note": "b" }""", "Column 'question' must be a string, but is null.")]
    [InlineData("""["question"]""", "A row is a JSON object, but this one is an array.")]
    public void SaysWhatIsWrongWithARow(string json, string message)
    {
        var pipeline = GeneratedProject.Create(GeneratorTest.Run(Yaml), "Samples.Tiny");
        Assert.Equal(message, Assert.Throws<RowException>(() => GeneratedProject.Render(pipeline, json)).Message);
    }

    [Theory]
    [InlineData("""{"Id":"a","count":1,"SIZE":0,"size":9007199254740993,"score":0.5,"good":true,"note":"n","maybe_count":3,"maybeGood":false,"input_text":"x"}""", "a 1 9007199254740993 0.5 true [n] [3] [false] A\nx")]
    [InlineData("""{"id":"a","count":1,"size":2,"score":1e300,"good":false,"maybe_count":null,"inputText":"x"}""", "a 1 2 1E+300 false [] [] [] A\nx")]
    public void ReadsTypedColumnsByAnyOfTheirNames(string json, string text)
    {
        var culture = Thread.CurrentThread.CurrentCulture;
        Thread.CurrentThread.CurrentCulture = System.Globalization.CultureInfo.GetCultureInfo("de-DE");
        try
        {
            Assert.Equal(text, GeneratedProject.Render(GeneratedProject.Create(GeneratorTest.Run(code: Code), "Samples.Typed"), json).Text);
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = culture;
        }
    }

    [Fact]
    public void BothSurfacesGiveTheSameOptions()
    {
        var yaml = GeneratedProject.Create(GeneratorTest.Run("""
            recipe: Same
            model: { base: models/tiny, dtype: float32, initialization: random }
            data: { train: train.jsonl, test: test.jsonl, prompt: "{A|completion}", max_length: 128, overlong: drop, shuffle: false, limit: 10 }
            adapter: { rank: 4, alpha: 8, dropout: 0.1, use_rslora: true, use_dora: true, initialization: gaussian,
              targets: [q_proj, v_proj], exclude_modules: [layers.0.self_attn.q_proj], layers_to_transform: [0, 1], layers_pattern: layers,
              rank_pattern: { "layers\\.[0,1]\\..*": 2, v_proj: 8 }, alpha_pattern: { v_proj: 0.5 }, bias: lora_only, lora_bias: false,
              modules_to_save: [embed_tokens, lm_head], ensure_weight_tying: true }
            training:
              method: pretrain
              learning_rate: 1e-3
              epochs: 2.5
              max_steps: 100
              batch_size: 4
              gradient_accumulation: 2
              micro_batch_tokens: 512
              schedule: cosine_with_min_lr
              warmup_steps: 0.1
              min_lr_rate: 0.2
              weight_decay: 0.01
              optimizer: muon
              momentum: 0.8
              loraplus_lr_ratio: 16
              loraplus_lr_embedding: 1e-5
              beta1: 0.8
              beta2: 0.95
              epsilon: 1e-6
              max_grad_norm: 0
              label_smoothing: 0.1
              z_loss: 1e-4
              neftune_noise_alpha: 5
              average: ema
              ema_decay: 0.99
              seed: 1
              save_steps: 10
              save_total_limit: 3
              eval_steps: 0.25
              metric_for_best_model: token_accuracy
              load_best: true
              early_stopping_patience: 2
              early_stopping_threshold: 0.01
            evaluation: { metrics: [rougeLsum, perplexity], rows: 20, max_new_tokens: 16 }
            """), "Samples.Same");
        var csharp = GeneratedProject.Create(GeneratorTest.Run(code: """
            using FineTune.Attributes;
            using FineTune.Recipes;
            namespace Samples;
            [BaseModel("models/tiny", DType = ModelDType.Float32, Initialization = ModelInitialization.Random)]
            public sealed class Model;
            [Dataset("train.jsonl", Test = "test.jsonl", MaxLength = 128, Overlong = OverlongRows.Drop, Shuffle = false, Limit = 10)]
            [Prompt("{A|completion}")]
            public sealed record Row(string A);
            [Recipe<Model, Row>]
            [Lora(Rank = 4, Alpha = 8, Dropout = 0.1, UseRslora = true, UseDora = true, Initialization = LoraInitialization.Gaussian,
                Targets = "q_proj, v_proj", ExcludeModules = "layers.0.self_attn.q_proj", LayersToTransform = [0, 1], LayersPattern = "layers",
                RankPattern = @"layers\.[0,1]\..*=2, v_proj=8", AlphaPattern = "v_proj=0.5", Bias = LoraBiases.LoraOnly, LoraBias = false,
                ModulesToSave = "embed_tokens, lm_head", EnsureWeightTying = true)]
            [Pretrain(
                LearningRate = 1e-3, Epochs = 2.5, MaxSteps = 100, BatchSize = 4, GradientAccumulation = 2, MicroBatchTokens = 512,
                Schedule = LearningRateSchedule.CosineWithMinLr, WarmupSteps = 0.1, MinLrRate = 0.2, WeightDecay = 0.01, Optimizer = OptimizerKind.Muon,
                Momentum = 0.8, LoraplusLrRatio = 16, LoraplusLrEmbedding = 1e-5, LabelSmoothing = 0.1, ZLoss = 1e-4, NeftuneNoiseAlpha = 5,
                Average = WeightAveraging.Ema, EmaDecay = 0.99, Beta1 = 0.8,
                Beta2 = 0.95, Epsilon = 1e-6, MaxGradNorm = 0, Seed = 1, SaveSteps = 10, SaveTotalLimit = 3, EvalSteps = 0.25,
                MetricForBestModel = EvaluationMetric.TokenAccuracy, LoadBest = true, EarlyStoppingPatience = 2, EarlyStoppingThreshold = 0.01)]
            [Evaluate(Metric.RougeLsum, Metric.Perplexity, Rows = 20, MaxNewTokens = 16)]
            public sealed partial class Same;
            """), "Samples.Same");
        Assert.Equal(RecipeYaml.Write(csharp.Options), RecipeYaml.Write(yaml.Options));
        var given = System.Text.RegularExpressions.Regex.Count(RecipeYaml.Write(yaml.Options), "(?m)^  [a-z_0-9]+:");
        Assert.Equal(Keys.KeyTable.All.Count(key => key.Path is not ("recipe" or "data.test_size" or "data.split_by" or "data.chat_template" or "data.train_on" or "data.messages_column" or "data.role_field" or "data.content_field"
            or "training.tokens_per_batch" or "adapter.target_pattern" or "adapter.exclude_pattern"
            or "training.nesterov" or "training.max_grad_value" or "training.average_last" or "training.swa_start" or "training.swa_every") && key.Section.Name != "grpo"), given);
    }

    [Fact]
    public void BothSurfacesGiveTheSameRewardedRecipe()
    {
        const string rewards = """
            using System.Collections.Generic;
            using FineTune.Hooks;
            namespace Samples;
            public sealed class Short<T> : IReward<T>
            {
                public string Name => "short";
                public double? Score(T row, string completion) => -completion.Length;
            }

            """;
        var yaml = GeneratedProject.Create(GeneratorTest.Run("""
            recipe: Same
            model: { base: models/tiny }
            data: { train: train.jsonl, prompt: "{A}" }
            training: { method: grpo, batch_size: 2 }
            grpo: { num_generations: 4, max_completion_length: 32, temperature: 0.9, top_k: 50, top_p: 0.95, beta: 0.04, epsilon_low: 0.1, epsilon_high: 0.28,
              num_iterations: 2, objective: dr_grpo, scale_rewards: batch, mask_truncated_completions: true }
            """, rewards + "public sealed partial class Same { protected override IReadOnlyList<IReward<Row>> Rewards => [new Short<Row>()]; }"), "Samples.Same");
        var csharp = GeneratedProject.Create(GeneratorTest.Run(code: "using FineTune.Attributes;\nusing FineTune.Recipes;\n" + rewards + """
            [BaseModel("models/tiny")]
            public sealed class Model;
            [Dataset("train.jsonl")]
            [Prompt("{A}")]
            public sealed record Row(string A);
            [Recipe<Model, Row>]
            [Grpo(BatchSize = 2, NumGenerations = 4, MaxCompletionLength = 32, Temperature = 0.9, TopK = 50, TopP = 0.95, Beta = 0.04, EpsilonLow = 0.1, EpsilonHigh = 0.28,
                NumIterations = 2, Objective = GrpoObjective.DrGrpo, ScaleRewards = RewardScaling.Batch, MaskTruncatedCompletions = true)]
            public sealed partial class Same { protected override IReadOnlyList<IReward<Row>> Rewards => [new Short<Row>()]; }
            """), "Samples.Same");
        Assert.Equal(RecipeYaml.Write(csharp.Options), RecipeYaml.Write(yaml.Options));
        Assert.Equal(Keys.KeyTable.All.Count(key => key.Section.Name == "grpo"), RecipeYaml.Write(yaml.Options).Split("grpo:\n")[1].Split("evaluation:")[0].Split('\n').Count(line => line.StartsWith("  ", StringComparison.Ordinal)));
    }

    [Fact]
    public void BothSurfacesGiveTheSameMixture()
    {
        var yaml = GeneratedProject.Create(GeneratorTest.Run("""
            recipe: Same
            model: { base: models/tiny }
            data:
              train: [{ path: a.jsonl, weight: 2 }, b.jsonl, { path: "c d.jsonl", weight: 0.5 }]
              test_size: 0.1
              split_by: author
              prompt: "{A|completion}"
            """), "Samples.Same");
        var csharp = GeneratedProject.Create(GeneratorTest.Run(code: """
            using FineTune.Attributes;
            namespace Samples;
            [BaseModel("models/tiny")] public sealed class Model;
            [Dataset("a.jsonl", Weight = 2, TestSize = 0.1, SplitBy = "author")]
            [DatasetFile("b.jsonl")]
            [DatasetFile("c d.jsonl", Weight = 0.5)]
            [Prompt("{A|completion}")]
            public sealed record Row(string A);
            [Recipe<Model, Row>] public sealed partial class Same;
            """), "Samples.Same");
        Assert.Equal([new("a.jsonl", 2), "b.jsonl", new("c d.jsonl", 0.5)], yaml.Options.Data.Train);
        Assert.Equal(yaml.Options.Data, csharp.Options.Data);
        var text = RecipeYaml.Write(yaml.Options);
        Assert.Equal(text, RecipeYaml.Write(GeneratedProject.Create(GeneratorTest.Run(text), "Samples.Same").Options));
    }

    [Fact]
    public void RowsAreFilteredAndMappedByTheProjectsOwnCode()
    {
        var pipeline = GeneratedProject.Create(GeneratorTest.Run(Yaml, code: """
            namespace Samples;
            partial class Tiny
            {
                protected override bool Filter(Row row) => row.Answer.Length > 0;
                protected override Row Map(Row row) => row with { Question = row.Question.Trim() };
            }
            """), "Samples.Tiny");
        Assert.Equal("Q: What? {x}\nA:4  4", GeneratedProject.Render(pipeline, """{ "question": " What? ", "answer": "4", "note": "" }""").Text);
        Assert.Null(GeneratedProject.TryRender(pipeline, """{ "question": "What?", "answer": "", "note": "" }"""));
    }

    [Theory]
    [InlineData("{q}\n\n  indented {a|completion}")]
    [InlineData("{a|completion}\n")]
    [InlineData(" {a|completion}")]
    [InlineData("# {q}: 'x' \"y\" \\ {a|completion}")]
    [InlineData("\t😀 \u0001\u2028 --- \ud83d {a|completion}")]
    [InlineData("{{\r\n}} {a|completion}")]
    public void TheResolvedRecipeReadsBackToItself(string prompt)
    {
        var recipe = new RecipeOptions
        {
            Name = "Sample",
            Model = new() { Base = "../models/a b", DType = ModelDType.BFloat16 },
            Data = new() { Train = "true", Test = "null", Prompt = prompt.Replace("\r\n", "\n", StringComparison.Ordinal) },
            Adapter = new() { Targets = ["q_proj", "layers.1.self_attn.v_proj"], Alpha = 0.1 + 0.2 },
            Training = new() { LearningRate = 1.0 / 3, Epsilon = 5e-324 },
            Evaluation = new() { Metrics = [Metric.RougeL, Metric.Rouge1] },
        };
        var text = RecipeYaml.Write(recipe);
        Assert.Equal(text, RecipeYaml.Write(GeneratedProject.Create(GeneratorTest.Run(text), "Samples.Sample").Options));
    }
}
