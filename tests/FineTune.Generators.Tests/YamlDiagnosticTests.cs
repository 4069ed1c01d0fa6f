namespace FineTune.Generators.Tests;

public sealed class YamlDiagnosticTests
{
    [Fact]
    public void UnknownKeys() => GeneratorTest.Run("""
        recipe: Tiny
        learning_rate: 1e-4
        model: { base: models/tiny, torch_dtype: bfloat16 }
        data:
          train: train.jsonl
          prompt: "{a|completion}"
          epochs: 3
        adapter:
          lora_r: 8
          alhpa: 16
        trainnig:
          epochs: 3
        training:
          num_train_epochs: 3
          LearningRate: 1e-4
          somethingElse: 1
          training.seed: 1
        optimiser: adamw
        peft: {}
        """).Verify();

    [Fact]
    public void WrongTypes() => GeneratorTest.Run("""
        recipe: Tiny
        model: models/tiny
        data:
          train: [a.jsonl, { path: [b.jsonl] }]
          prompt: "{a|completion}"
          shuffle: yes
          limit: "100"
        adapter:
          rank: 8.5
          alpha: { value: 16 }
          targets: [q_proj, [v_proj], q_proj]
        training:
          learning_rate: 2e-4x
          epochs: null
          max_steps:
          seed: 99999999999
          batch_size: 1,024
        evaluation: rougeL
        """).Verify();

    [Fact]
    public void FilesOfRows() => GeneratorTest.Run("""
        recipe: Tiny
        model: { base: models/tiny }
        data:
          train:
            - a.jsonl
            - { file: b.jsonl }
            - { path: c.jsonl, weight: 0 }
            - { path: c.jsonl, weight: often }
            - { weight: 2 }
            - [d.jsonl]
            - ""
          prompt: "{a|completion}"
        """).Verify();

    [Fact]
    public void SplitsAndMixtures() => GeneratorTest.Run("""
        recipe: Tiny
        model: { base: models/tiny }
        data:
          train: [a.jsonl, { path: b.jsonl, weight: 0.5 }, a.jsonl]
          test: test.jsonl
          test_size: 12.5
          prompt: "{a|completion}"
        """).Verify();

    [Fact]
    public void OutOfRange() => GeneratorTest.Run("""
        recipe: Tiny
        model: { base: models/tiny }
        data: { train: train.jsonl, prompt: "{a|completion}", max_length: 1 }
        adapter: { rank: 0, dropout: 1.0, alpha: -1 }
        training: { learning_rate: 0, epochs: -1, beta1: 1, weight_decay: -0.1, warmup_steps: -1, min_lr_rate: 2, seed: -1 }
        """).Verify();

    [Fact]
    public void Values() => GeneratorTest.Run("""
        recipe: Tiny
        model: { base: models/tiny, dtype: bf16, initialization: scratch }
        data: { train: train.jsonl, test: test.jsonl, prompt: "{a|completion}", overlong: truncate }
        adapter: { kind: qlora }
        training: { method: dpo, schedule: cosine_annealing }
        evaluation: [rouge, Perplexity, bleu]
        """).Verify();

    [Fact]
    public void Targets() => GeneratorTest.Run("""
        recipe: Tiny
        model: { base: models/tiny }
        data: { train: train.jsonl, prompt: "{a|completion}" }
        adapter: { targets: [q_proj, self_attn.v_proj, q_porj, all_linear, query_key_value] }
        """).Verify();

    [Fact]
    public void NoTargets() => GeneratorTest.Run("""
        recipe: Tiny
        model: { base: models/tiny }
        data: { train: train.jsonl, prompt: "{a|completion}" }
        adapter: { targets: [] }
        """).Verify();

    [Fact]
    public void KeysThatExcludeOrNeedEachOther() => GeneratorTest.Run("""
        recipe: Tiny
        model: { base: models/tiny }
        data: { train: train.jsonl, prompt: "{a|completion}" }
        adapter: { kind: none, rank: 8 }
        training:
          tokens_per_batch: 8192
          batch_size: 4
          min_lr_rate: 0.1
          schedule: constant
          warmup_steps: 0.1
        evaluation:
          metrics: [rougeL]
        """).Verify();

    [Fact]
    public void GradientAccumulationNeedsRows() => GeneratorTest.Run("""
        recipe: Tiny
        model: { base: models/tiny }
        data: { train: train.jsonl, prompt: "{a|completion}" }
        training: { gradient_accumulation: 4, tokens_per_batch: 1024 }
        evaluation: { rows: 10 }
        """).Verify();

    [Fact]
    public void MissingKeys() => GeneratorTest.Run("""
        model: { dtype: auto }
        data:
          test: test.jsonl
        """).Verify();

    [Fact]
    public void DuplicateKeys() => GeneratorTest.Run("""
        recipe: Tiny
        model: { base: models/tiny, base: models/other }
        data:
          train: train.jsonl
          prompt: "{a|completion}"
          train: other.jsonl
        model: { base: models/third }
        """).Verify();

    [Theory]
    [InlineData("", "FT1002")]
    [InlineData("# nothing\n", "FT1002")]
    [InlineData("---\n", "FT1002")]
    [InlineData("Tiny", "FT1006")]
    [InlineData("- recipe: Tiny", "FT1006")]
    [InlineData("? [a, b]\n: c", "FT1009 FT1114 FT1115 FT1006")]
    public void NotARecipe(string yaml, string ids) => Assert.Equal(ids, GeneratorTest.Run(yaml).Ids);

    [Fact]
    public void Empty() => GeneratorTest.Run("# A recipe to be").Verify();

    [Fact]
    public void OpenBracket() => GeneratorTest.Run("""
        recipe: Tiny
        adapter: { targets: [q_proj, v_proj }
        training:
          epochs: 1
        """).Verify();

    [Fact]
    public void OpenQuote() => GeneratorTest.Run("""
        recipe: "Tiny
        training:
          epochs: 1
        """).Verify();

    [Fact]
    public void TabIndentation() => GeneratorTest.Run("recipe: Tiny\ntraining:\n\tepochs: 1\n").Verify();

    [Fact]
    public void TabsInABlockAreText() => Assert.Equal("", GeneratorTest.Run(
        "recipe: Tiny\nmodel: { base: m }\ndata:\n  train: t\n  prompt: |\n    a\n    \tb\n     \tc{a|completion}\n").Ids);

    [Fact]
    public void SeveralDocuments() => GeneratorTest.Run("""
        recipe: Tiny
        model: { base: models/tiny }
        data: { train: train.jsonl, prompt: "{a|completion}" }
        ---
        recipe: Second
        """).Verify();

    [Fact]
    public void AnchorsAliasesAndTags() => GeneratorTest.Run("""
        recipe: Tiny
        model: &model { base: models/tiny }
        data: { train: !!str train.jsonl, prompt: "{a|completion}" }
        training: *model
        """).Verify();

    [Theory]
    [InlineData("describe-api", "write 'DescribeApi'.")]
    [InlineData("describe", "write 'Describe'.")]
    [InlineData("class", "write 'Class'.")]
    [InlineData("Program", "choose ASCII letters")]
    [InlineData("1", "choose ASCII letters")]
    [InlineData("'../../etc'", "write 'Etc'.")]
    [InlineData("Größe", "choose ASCII letters")]
    public void NamesThatAreNoClasses(string name, string advice)
    {
        var test = GeneratorTest.Run($$"""
            recipe: {{name}}
            model: { base: models/tiny }
            data: { train: train.jsonl, prompt: "{a|completion}" }
            """);
        var diagnostic = Assert.Single(test.Diagnostics);
        Assert.Equal(("FT1014", name), (diagnostic.Id, test.Marked(diagnostic)));
        Assert.Contains(advice, diagnostic.GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public void Name() => GeneratorTest.Run("""
        recipe: describe api
        model: { base: models/tiny }
        data: { train: train.jsonl, prompt: "{a|completion}" }
        """).Verify();

    [Fact]
    public void DuplicateNames()
    {
        static string Recipe(string name) => $$"""
            recipe: {{name}}
            model: { base: models/tiny }
            data: { train: train.jsonl, prompt: "{a|completion}" }
            """;
        var code = """
            using FineTune.Attributes;
            namespace Samples;
            [BaseModel("m")] public sealed class M;
            [Dataset("t")] [Prompt("{A|completion}")] public sealed record R(string A);
            [Recipe<M, R>] public sealed partial class Second;
            """;
        GeneratorTest.Run(
            [("a.recipe.yaml", Recipe("First")), ("b.recipe.yaml", Recipe("FIRST")), ("c.recipe.yaml", Recipe("Second"))],
            [("Recipes.cs", code)],
            Microsoft.CodeAnalysis.OutputKind.ConsoleApplication).Verify();
    }
}
