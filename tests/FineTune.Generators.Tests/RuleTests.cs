using FineTune.Keys;
using FineTune.Rules;

namespace FineTune.Generators.Tests;

/// <summary>The rules between a recipe's values.</summary>
public sealed class RuleTests
{
    private const string Data = "data: { train: train.jsonl, prompt: '{a|completion}' }";
    private const string Tested = "data: { train: train.jsonl, test: test.jsonl, prompt: '{a|completion}' }";
    private const string Measured = "evaluation: [perplexity]";

    /// <summary>Each breach alone, with the text that it marks.</summary>
    [Theory]
    [InlineData("FT1051", "train", "data: { train: data\\train.jsonl, prompt: '{a|completion}' }")]
    [InlineData("FT1052", "train", "data: { train: ~/train.jsonl, prompt: '{a|completion}' }")]
    [InlineData("FT1052", "train", "data: { train: $DATA/train.jsonl, prompt: '{a|completion}' }")]
    [InlineData("FT1053", "train", "data: { train: https://example.com/train.jsonl, prompt: '{a|completion}' }")]
    [InlineData("FT1054", "train", "data: { train: /data/train.jsonl, prompt: '{a|completion}' }")]
    [InlineData("FT1054", "train", "data: { train: 'C:/data/train.jsonl', prompt: '{a|completion}' }")]
    [InlineData("FT1055", "test", "data: { train: train.jsonl, test: ./train.jsonl, prompt: '{a|completion}' }", Measured)]
    [InlineData("FT1057", "train", "data: { train: data/*.jsonl, prompt: '{a|completion}' }")]
    [InlineData("FT1060", "tokens_per_batch", "data: { train: t, prompt: '{a|completion}', max_length: 4096 }", "training: { tokens_per_batch: 2048 }")]
    [InlineData("FT1061", "tokens_per_batch", Data, "training: { tokens_per_batch: 8 }")]
    [InlineData("FT1062", "batch_size", Data, "training: { batch_size: 8192 }")]
    [InlineData("FT1063", "gradient_accumulation", Data, "training: { gradient_accumulation: 4 }")]
    [InlineData("FT1064", "micro_batch_tokens", Data, "training: { tokens_per_batch: 2048, micro_batch_tokens: 8192 }")]
    [InlineData("FT1065", "micro_batch_tokens", "data: { train: t, prompt: '{a|completion}', max_length: 4096 }", "training: { micro_batch_tokens: 1024 }")]
    [InlineData("FT1066", "limit", "data: { train: t, prompt: '{a|completion}', limit: 16 }", "training: { batch_size: 8, gradient_accumulation: 4 }")]
    [InlineData("FT1067", "epochs", Data, "training: { epochs: 1000 }")]
    [InlineData("FT1068", "max_steps", Data, "training: { epochs: 3, max_steps: 100 }")]
    [InlineData("FT1069", "epochs", "data: { train: t, prompt: '{a|completion}', shuffle: false }", "training: { epochs: 0.5 }")]
    [InlineData("FT1070", "warmup_steps", Data, "training: { schedule: constant, warmup_steps: 10 }")]
    [InlineData("FT1071", "min_lr_rate", Data, "training: { schedule: cosine, min_lr_rate: 0.1 }")]
    [InlineData("FT1072", "warmup_steps", Data, "training: { max_steps: 100, warmup_steps: 100 }")]
    [InlineData("FT1073", "warmup_steps", Data, "training: { warmup_steps: 0.9 }")]
    [InlineData("FT1073", "warmup_steps", Data, "training: { max_steps: 100, warmup_steps: 60 }")]
    [InlineData("FT1074", "min_lr_rate", Data, "training: { schedule: cosine_with_min_lr, min_lr_rate: 1 }")]
    [InlineData("FT1075", "min_lr_rate", Data, "training: { schedule: cosine_with_min_lr, learning_rate: 1e-4, min_lr_rate: 1e-5 }")]
    [InlineData("FT1076", "schedule", Data, "training: { schedule: cosine_with_min_lr }")]
    [InlineData("FT1080", "learning_rate", Data, "adapter: { kind: lora }", "training: { learning_rate: 1e-5 }")]
    [InlineData("FT1081", "learning_rate", Data, "training: { learning_rate: 2.5e-4 }")]
    [InlineData("FT1082", "learning_rate", Data, "training: { learning_rate: 0.2 }")]
    [InlineData("FT1084", "beta1", Data, "training: { beta1: 0.999, beta2: 0.9 }")]
    [InlineData("FT1085", "epsilon", Data, "training: { epsilon: 0.01 }")]
    [InlineData("FT1086", "weight_decay", Data, "adapter: { kind: lora }", "training: { weight_decay: 0.1 }")]
    [InlineData("FT1087", "rank", Data, "adapter: { kind: none, rank: 8 }")]
    [InlineData("FT1088", "alpha", Data, "adapter: { rank: 256, alpha: 16 }")]
    [InlineData("FT1088", "adapter", Data, "adapter: { rank: 1 }")]
    [InlineData("FT1089", "use_rslora", Data, "adapter: { rank: 64, alpha: 128, use_rslora: true }")]
    [InlineData("FT1090", "dropout", Data, "adapter: { dropout: 0.9 }")]
    [InlineData("FT1091", "targets", Data, "adapter: { targets: [all-linear, q_proj] }")]
    [InlineData("FT1092", "targets", Data, "adapter: { targets: [q_proj, self_attn.q_proj] }")]
    [InlineData("FT1122", "exclude_modules", Data, "adapter: { targets: [self_attn.q_proj], exclude_modules: [q_proj] }")]
    [InlineData("FT1123", "ensure_weight_tying", Data, "adapter: { modules_to_save: [norm], ensure_weight_tying: true }")]
    [InlineData("FT1124", "rank_pattern", Data, "adapter: { rank: 16, alpha: 16, rank_pattern: { q_proj: 256 } }")]
    [InlineData("FT1093", ".*_proj", Data, "adapter: { targets: [.*_proj] }")]
    [InlineData("FT1094", "q_proj.weight", Data, "adapter: { targets: [q_proj.weight] }")]
    [InlineData("FT1095", "q_proj v_proj", Data, "adapter: { targets: q_proj v_proj }")]
    [InlineData("FT1096", "input_layernorm", Data, "adapter: { targets: [input_layernorm] }")]
    [InlineData("FT1201", "lora_bias", Data, "adapter: { use_dora: true, lora_bias: true }")]
    [InlineData("FT1202", "lora_bias", Data, "adapter: { initialization: pissa, lora_bias: true }")]
    [InlineData("FT1203", "initialization", Data, "adapter: { rank: 7, alpha: 7, initialization: orthogonal }")]
    [InlineData("FT1204", "modules_to_save", Data, "adapter: { targets: [q_proj, lm_head], modules_to_save: [lm_head] }")]
    [InlineData("FT1205", "schedule", Data, "training: { optimizer: schedule_free_adamw, schedule: cosine }")]
    [InlineData("FT1206", "average", Data, "training: { optimizer: schedule_free_adamw, schedule: constant, average: ema }")]
    [InlineData("FT1207", "learning_rate", Data, "adapter: { kind: lora }", "training: { optimizer: lion, learning_rate: 3e-4 }")]
    [InlineData("FT1208", "average_last", Data, "training: { max_steps: 10, average: last, average_last: 20 }")]
    [InlineData("FT1209", "swa_start", Data, "training: { max_steps: 100, average: swa, swa_start: 200 }")]
    [InlineData("FT1210", "label_smoothing", Data, "training: { label_smoothing: 0.9 }")]
    [InlineData("FT1100", "evaluation", Tested, "training: { method: pretrain }", "evaluation: [rougeL]")]
    [InlineData("FT1101", "method", "data: { train: t, prompt: '{a} {{b}} {c|completion}' }", "training: { method: pretrain }")]
    [InlineData("FT1102", "test", Tested)]
    [InlineData("FT1103", "max_new_tokens", Tested, "evaluation: { metrics: [perplexity], max_new_tokens: 20 }")]
    [InlineData("FT1104", "evaluation", Data, Measured)]
    [InlineData("FT1105", "max_new_tokens", Tested, "training: { eval_steps: 10 }", "evaluation: { max_new_tokens: 20 }")]
    [InlineData("FT1106", "load_best", Tested, Measured, "training: { load_best: true }")]
    [InlineData("FT1107", "max_new_tokens", "data: { train: t, test: t2, prompt: '{a|completion}', max_length: 256 }", "evaluation: { metrics: [rougeL], max_new_tokens: 256 }")]
    [InlineData("FT1110", "save_steps", Data, "training: { max_steps: 100, save_steps: 500 }")]
    [InlineData("FT1111", "eval_steps", Tested, "training: { max_steps: 100, eval_steps: 500 }")]
    [InlineData("FT1112", "early_stopping_patience", Tested, "training: { eval_steps: 0.25, early_stopping_patience: 4, load_best: true }")]
    [InlineData("FT1112", "early_stopping_patience", Tested, "training: { max_steps: 100, eval_steps: 50, early_stopping_patience: 2, load_best: true }")]
    [InlineData("FT1113", "early_stopping_patience", Tested, "training: { eval_steps: 0.1, early_stopping_patience: 2 }")]
    [InlineData("FT1130", "grpo", Data, "training: { method: grpo }")]
    public void ABreachAlone(string id, string marked, params string[] sections)
    {
        var test = GeneratorTest.Run($"recipe: Tiny\nmodel: {{ base: models/tiny }}\n{string.Join('\n', sections)}\n");
        var diagnostic = Assert.Single(test.Diagnostics);
        Assert.Equal((id, marked), (diagnostic.Id, test.Marked(diagnostic)));
    }

    [Theory]
    [InlineData("FT1056", "models/tiny/model.safetensors", "")]
    [InlineData("FT1056", "tiny.gguf", "")]
    [InlineData("FT1097", "m, initialization: random", "adapter: { kind: lora }")]
    [InlineData("FT1098", "m, initialization: random", "")]
    public void ABreachOfTheModel(string id, string model, string section)
    {
        var test = GeneratorTest.Run($"recipe: Tiny\nmodel: {{ base: {model} }}\n{Data}\n{section}\n");
        Assert.Equal(id, test.Ids);
    }

    /// <summary>What comes near a breach and is none.</summary>
    [Theory]
    [InlineData("data: { train: ../data/my%20file.jsonl, prompt: '{a|completion}' }")]
    [InlineData("data: { train: train.jsonl, test: other/train.jsonl, prompt: '{a|completion}' }", Measured)]
    [InlineData("data: { train: t, prompt: '{a|completion}', max_length: 16 }", "training: { tokens_per_batch: 32, micro_batch_tokens: 16 }")]
    [InlineData("data: { train: t, prompt: '{a|completion}', limit: 32 }", "training: { batch_size: 8, gradient_accumulation: 4, epochs: 100 }")]
    [InlineData("data: { train: t, prompt: '{a|completion}', shuffle: false }", "training: { epochs: 1 }")]
    [InlineData(Data, "training: { max_steps: 100, warmup_steps: 50, save_steps: 50, schedule: cosine_with_min_lr, min_lr_rate: 0.1 }")]
    [InlineData(Data, "training: { schedule: warmup_stable_decay, warmup_steps: 0.5 }")]
    [InlineData(Data, "adapter: { rank: 8, alpha: 16, use_rslora: true, dropout: 0.5 }", "training: { learning_rate: 5e-5, weight_decay: 0.01 }")]
    [InlineData(Data, "adapter: { rank: 16, alpha: 128, targets: [self_attn.q_proj, mlp.up_proj, lm_head] }")]
    [InlineData(Data, "adapter: { initialization: orthogonal, rank: 8, rank_pattern: { q_proj: 256 }, alpha_pattern: { q_proj: 256 }, modules_to_save: [embed_tokens], ensure_weight_tying: true, exclude_modules: [q_proj] }")]
    [InlineData(Data, "training: { learning_rate: 1e-4, beta1: 0.9, beta2: 0.9, weight_decay: 0.1 }")]
    [InlineData(Data, "adapter: { rank: 8, alpha: 16, initialization: orthogonal, modules_to_save: [lm_head] }", "training: { optimizer: lion, learning_rate: 5e-5 }")]
    [InlineData(Data, "training: { optimizer: schedule_free_adamw, schedule: constant_with_warmup, warmup_steps: 10, learning_rate: 1e-5, label_smoothing: 0.1 }")]
    [InlineData(Data, "training: { max_steps: 100, average: swa, swa_start: 50, learning_rate: 1e-5 }")]
    [InlineData(Tested, "training: { method: pretrain }", Measured)]
    [InlineData(Tested, "training: { eval_steps: 0.1 }")]
    [InlineData(Tested, "training: { max_steps: 100, eval_steps: 30, early_stopping_patience: 3, load_best: true }")]
    [InlineData("data: { train: t, test: t2, prompt: '{a|completion}', max_length: 64 }", Measured)]
    public void NoBreach(params string[] sections) =>
        Assert.Equal("", GeneratorTest.Run($"recipe: Tiny\nmodel: {{ base: models/tiny }}\n{string.Join('\n', sections)}\n").Ids);

    [Fact]
    public void Files() => GeneratorTest.Run("""
        recipe: Tiny
        model: { base: ~/models/llama.gguf }
        data: { train: C:\data\*.jsonl, test: "https://example.com/test.jsonl", prompt: "{a|completion}" }
        evaluation: [perplexity]
        """).Verify();

    [Fact]
    public void EscapesInPaths() => GeneratorTest.Run("""
        recipe: Tiny
        model: { base: m }
        data: { train: "data\train.jsonl", test: 't.jsonl', prompt: "{a|completion}" }
        evaluation: [perplexity]
        """).Verify();

    [Fact]
    public void TheSameRows() => GeneratorTest.Run("""
        recipe: Tiny
        model: { base: m }
        data: { train: rows.jsonl, test: rows.jsonl, prompt: "{a|completion}" }
        evaluation: [perplexity]
        """).VerifyDiagnostics();

    [Fact]
    public void Batches() => GeneratorTest.Run("""
        recipe: Tiny
        model: { base: m }
        data: { train: t, prompt: "{a|completion}", max_length: 64, limit: 100 }
        training: { tokens_per_batch: 16, micro_batch_tokens: 32, gradient_accumulation: 2, epochs: 1000 }
        """).Verify();

    [Fact]
    public void BatchesOfRows() => GeneratorTest.Run("""
        recipe: Tiny
        model: { base: m }
        data: { train: t, prompt: "{a|completion}", limit: 100, shuffle: false }
        training: { batch_size: 2048, epochs: 0.5 }
        """).VerifyDiagnostics();

    [Fact]
    public void FewTokens() => GeneratorTest.Run("""
        recipe: Tiny
        model: { base: m }
        data: { train: t, prompt: "{a|completion}" }
        training: { tokens_per_batch: 8, max_steps: 10, epochs: 3, save_steps: 10 }
        """).VerifyDiagnostics();

    [Fact]
    public void Schedules() => GeneratorTest.Run("""
        recipe: Tiny
        model: { base: m }
        data: { train: t, prompt: "{a|completion}" }
        training: { schedule: constant, warmup_steps: 200, max_steps: 100, min_lr_rate: 1 }
        """).Verify();

    [Fact]
    public void Minimums() => GeneratorTest.Run("""
        recipe: Tiny
        model: { base: m }
        data: { train: t, prompt: "{a|completion}" }
        training: { schedule: cosine_with_min_lr, min_lr_rate: 1e-5, warmup_steps: 0.9 }
        """).VerifyDiagnostics();

    [Fact]
    public void WithoutAMinimum() => GeneratorTest.Run("""
        recipe: Tiny
        model: { base: m }
        data: { train: t, prompt: "{a|completion}" }
        training: { schedule: cosine_with_min_lr }
        """).VerifyDiagnostics();

    [Fact]
    public void OptimizersOfAdapters() => GeneratorTest.Run("""
        recipe: Tiny
        model: { base: m, initialization: random }
        data: { train: t, prompt: "{a|completion}" }
        adapter: { rank: 256, alpha: 8, dropout: 0.9, targets: [q_proj, self_attn.q_proj] }
        training: { learning_rate: 1e-5, weight_decay: 0.1, beta1: 0.999, beta2: 0.9, epsilon: 0.01 }
        """).VerifyDiagnostics();

    [Fact]
    public void OptimizersOfAllWeights() => GeneratorTest.Run("""
        recipe: Tiny
        model: { base: m }
        data: { train: t, prompt: "{a|completion}" }
        training: { learning_rate: 5e-4 }
        """).VerifyDiagnostics();

    [Fact]
    public void RandomWeights() => GeneratorTest.Run("""
        recipe: Tiny
        model: { base: m, initialization: random }
        data: { train: t, prompt: "{a|completion}" }
        training: { learning_rate: 0.2 }
        """).VerifyDiagnostics();

    [Fact]
    public void Adapters() => GeneratorTest.Run("""
        recipe: Tiny
        model: { base: m }
        data: { train: t, prompt: "{a|completion}" }
        adapter: { rank: 64, alpha: 128, use_rslora: true, targets: [all-linear, q_proj.weight, .*_proj, q_proj v_proj, input_layernorm] }
        """).Verify();

    [Fact]
    public void KindsOfLora() => GeneratorTest.Run("""
        recipe: Tiny
        model: { base: m }
        data: { train: t, prompt: "{a|completion}" }
        adapter: { rank: 7, use_dora: true, lora_bias: true, initialization: orthogonal, targets: [q_proj, lm_head], modules_to_save: [lm_head] }
        training: { optimizer: lion, max_steps: 8, average: last, average_last: 20, label_smoothing: 0.9, momentum: 0.9 }
        """).Verify();

    [Fact]
    public void ScheduleFree() => GeneratorTest.Run("""
        recipe: Tiny
        model: { base: m }
        data: { train: t, prompt: "{a|completion}" }
        training: { optimizer: schedule_free_adamw, max_steps: 8, average: swa, swa_start: 10, max_grad_norm: 2, max_grad_value: 1, loss_type: dft, z_loss: -1 }
        """).Verify();

    [Fact]
    public void PartsOfAdapters() => GeneratorTest.Run("""
        recipe: Tiny
        model: { base: m }
        data: { train: t, prompt: "{a|completion}" }
        adapter:
          targets: [q_proj, lm_head]
          exclude_modules: [q_proj, lm_head]
          rank_pattern: { q_proj: 512 }
        """).Verify();

    [Fact]
    public void TiedWeights() => GeneratorTest.Run("""
        recipe: Tiny
        model: { base: m }
        data: { train: t, prompt: "{a|completion}" }
        adapter: { modules_to_save: [norm], ensure_weight_tying: true }
        """).VerifyDiagnostics();

    [Fact]
    public void AllAndOthers() => GeneratorTest.Run("""
        recipe: Tiny
        model: { base: m }
        data: { train: t, prompt: "{a|completion}" }
        adapter: { rank: 64, alpha: 128, use_rslora: true, targets: [all-linear, q_proj] }
        """).Verify();

    [Fact]
    public void Evaluations() => GeneratorTest.Run("""
        recipe: Tiny
        model: { base: m }
        data: { train: t, test: t2, prompt: "{a}{b|completion}", max_length: 64 }
        training: { method: pretrain, early_stopping_patience: 2 }
        evaluation: { metrics: [rougeL], max_new_tokens: 64 }
        """).Verify();

    [Fact]
    public void UnusedEvaluations() => GeneratorTest.Run("""
        recipe: Tiny
        model: { base: m }
        data: { train: t, test: t2, prompt: "{b|completion}" }
        """).VerifyDiagnostics();

    [Fact]
    public void WithoutMetrics() => GeneratorTest.Run("""
        recipe: Tiny
        model: { base: m }
        data: { train: t, test: t2, prompt: "{b|completion}" }
        training: { eval_steps: 0.1, early_stopping_threshold: 0.1 }
        evaluation: { max_new_tokens: 20 }
        """).VerifyDiagnostics();

    [Fact]
    public void Generation() => GeneratorTest.Run("""
        recipe: Tiny
        model: { base: m }
        data: { train: t, test: t2, prompt: "{b|completion}" }
        training: { max_steps: 100, eval_steps: 200, early_stopping_patience: 2 }
        evaluation: { metrics: [perplexity], max_new_tokens: 100 }
        """).VerifyDiagnostics();

    [Fact]
    public void InCSharp() => GeneratorTest.Run(code: """
        using FineTune.Attributes;
        using FineTune.Recipes;
        namespace Samples;

        [BaseModel("C:\\models\\tiny\\model.safetensors")]
        public sealed class Tiny;

        [BaseModel("models/tiny", Initialization = ModelInitialization.Random)]
        public sealed class Untrained;

        [Dataset("data\train.jsonl", Test = "~/test.jsonl")]
        [Prompt("{Question}{Answer|completion}")]
        public sealed record BadRow(string Question, string Answer);

        [Dataset("train.jsonl", Test = "train.jsonl", MaxLength = 512, Limit = 4)]
        [Prompt("{Question}{Answer|completion}")]
        public sealed record Row(string Question, string Answer);

        [Recipe<Untrained, Row>]
        [Lora(Rank = 256, Alpha = 8, Targets = "all-linear, q_proj", Dropout = 0.9)]
        [Sft(LearningRate = 1e-5, BatchSize = 8, MicroBatchTokens = 128, Beta1 = 0.999, Beta2 = 0.9, WeightDecay = 0.5, MinLrRate = 0.1, Epochs = 1000)]
        public sealed partial class Bad;

        [Recipe<Untrained, Row>]
        [Pretrain(TokensPerBatch = 128, MaxSteps = 10, WarmupSteps = 10, SaveSteps = 20, EvalSteps = 20, Schedule = LearningRateSchedule.CosineWithMinLr)]
        [Evaluate(Metric.RougeL, MaxNewTokens = 512)]
        public sealed partial class Worse;
        """).Verify();

    /// <summary>Every rule is met by the defaults.</summary>
    [Fact]
    public void TheDefaultsMeetEveryRule() =>
        Assert.Empty(RecipeRules.Check(new KeySettings(), KeySurface.Yaml, _ => true));

    [Fact]
    public void EveryRuleIsTestedAlone()
    {
        var tested = new[] { typeof(RuleTests), typeof(GrpoTests) }.SelectMany(type => type.GetMethods()).SelectMany(method => method.GetCustomAttributes(typeof(InlineDataAttribute), false))
            .Select(data => ((InlineDataAttribute)data).Data[0] as string).ToHashSet();
        Assert.DoesNotContain(RecipeRules.All, rule => !tested.Contains(rule.Code));
    }
}
