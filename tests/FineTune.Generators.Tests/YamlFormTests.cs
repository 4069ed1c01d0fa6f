namespace FineTune.Generators.Tests;

/// <summary>What other formats, other versions of YAML and other programs write.</summary>
public sealed class YamlFormTests
{
    [Fact]
    public void Booleans() => GeneratorTest.Run("""
        recipe: Tiny
        model: { base: m }
        data: { train: t, prompt: "{a|completion}", shuffle: no }
        adapter: { use_rslora: True }
        """).Verify();

    [Fact]
    public void Numbers() => GeneratorTest.Run("""
        recipe: Tiny
        model: { base: m }
        data: { train: t, prompt: "{a|completion}", max_length: 0x800, limit: 1_000 }
        adapter: { rank: 0o20, alpha: 32f, dropout: "0.1" }
        training:
          learning_rate: 2,5e-4
          epochs: 3 epochs
          max_steps: 1e3
          batch_size: 1,024
          warmup_steps: 3%
          weight_decay: .inf
          beta1: nan
          seed: 007
          save_steps: 99999999999
          save_total_limit: 2.5
          eval_steps: 2.5
          max_grad_norm: −1
        """).Verify();

    [Fact]
    public void MissingValues() => GeneratorTest.Run("""
        recipe: Tiny
        model: { base: m, dtype: null }
        data: { train: t, prompt: "{a|completion}", max_length: ~, limit: None }
        training:
          max_steps:
          epochs:
        """).Verify();

    [Fact]
    public void MergeKeys() => GeneratorTest.Run("""
        recipe: Tiny
        defaults: &defaults { epochs: 3 }
        model: { base: m }
        training:
          <<: *defaults
        """).Verify();

    [Fact]
    public void Sections() => GeneratorTest.Run("""
        recipe: Tiny
        model: models/tiny
        data:
        train: t
        prompt: "{a|completion}"
        adapter: lora
        training:
          - epochs: 1
        evaluation: rougeL
        """).Verify();

    [Theory]
    [InlineData("recipe：Tiny\nmodel: { base: m }\n", "FT1041", "：")]
    [InlineData("recipe: Tiny\nmodel:\n\u00a0\u00a0base: m\n", "FT1041", "\u00a0")]
    [InlineData("recipe: Tiny\nmodel:\n  base: m\n  dtype： auto\n", "FT1041", "：")]
    [InlineData("recipe: Tiny\nmodel: { base: m, dtype\u200b: auto }\ndata: { train: t, prompt: '{a|completion}' }\n", "FT1041", "dtype\u200b")]
    [InlineData("recipe: Tiny\nmodel: { base: “models/tiny” }\ndata: { train: t, prompt: '{a|completion}' }\n", "FT1041", "“models/tiny”")]
    [InlineData("recipe: Tiny\nmodel: { base: m }\ndata: { train: t, prompt: '{a|completion}' }\ntraining: { learning_rate: 1e–4 }\n", "FT1041", "1e–4")]
    [InlineData("recipe: Tiny\nmodel: { base: m }\ndata: { train: t, prompt: '{a|completion}', overlong: ｄｒｏｐ }\n", "FT1041", "ｄｒｏｐ")]
    [InlineData("recipe:Tiny\nmodel: { base: m }\n", "FT1042", "recipe:Tiny")]
    [InlineData("recipe:Tiny", "FT1042", "recipe:Tiny")]
    [InlineData("recipe: Tiny\nmodel: { base: m }\ndata: { train: t, prompt: '{a|completion}' }\ntraining:\n  epochs:3\n", "FT1042", "epochs:3")]
    [InlineData("recipe: Tiny\ntraining:\n  epochs:3\n  seed: 7\n", "FT1042", "epochs:3")]
    [InlineData("recipe: Tiny\nmodel: { base: m }\ndata: { train: t, prompt: '{a|completion}' }\ntraining: { epochs:3 }\n", "FT1042", "epochs:3")]
    [InlineData("recipe: Tiny\ntraining:\n  seed: 7\n  epochs = 3\n", "FT1042", "epochs = 3")]
    [InlineData("recipe: Tiny\ndata:\n  train: t\n  prompt: {a}{b|completion}\n", "FT1044", "{")]
    [InlineData("recipe: Tiny\nmodel: { base: m }\ndata:\n  train: t\n  prompt: {a|completion}\n", "FT1044", "prompt")]
    [InlineData("recipe: Tiny\ndata:\n  train: t\n  prompt: Question: {a} {b|completion}\n", "FT1045", ":")]
    [InlineData("recipe: Tiny\nmodel: { base: m }\ndata:\n  train: t\n  prompt: Issue {a|completion} #1\n", "FT1047", "#")]
    [InlineData("recipe: Tiny\nmodel: { base: m }\ndata:\n  train: t\n  prompt: >-\n    Question {a}\n    Answer {b|completion}\n", "FT1048", ">")]
    public void Spelling(string yaml, string id, string marked)
    {
        var test = GeneratorTest.Run(yaml);
        var diagnostic = Assert.Single(test.Diagnostics);
        Assert.Equal((id, marked), (diagnostic.Id, test.Marked(diagnostic)));
    }

    [Fact]
    public void Characters() => GeneratorTest.Run("recipe： Tiny\nmodel: { base: m }\n").Verify();

    [Fact]
    public void Colons() => GeneratorTest.Run("recipe: Tiny\ntraining:\n  epochs:3\n  seed: 7\n").Verify();

    [Fact]
    public void Braces() => GeneratorTest.Run("recipe: Tiny\ndata:\n  train: t\n  prompt: {a}{b|completion}\n").Verify();

    [Fact]
    public void ColonsInTexts() => GeneratorTest.Run("recipe: Tiny\ndata:\n  train: t\n  prompt: Question: {a} {b|completion}\n").Verify();

    [Fact]
    public void Comments() => GeneratorTest.Run("recipe: Tiny\nmodel: { base: m }\ndata:\n  train: t\n  prompt: Issue {a|completion} #1\n").VerifyDiagnostics();

    [Fact]
    public void FoldedBlocks() => GeneratorTest.Run("recipe: Tiny\nmodel: { base: m }\ndata:\n  train: t\n  prompt: >-\n    Question {a}\n    Answer {b|completion}\n").VerifyDiagnostics();

    /// <summary>In a prompt every character is text.</summary>
    [Fact]
    public void PromptsHoldAnyCharacter() => Assert.Equal("", GeneratorTest.Run(
        "recipe: Tiny\nmodel: { base: m }\ndata:\n  train: 't t.jsonl'\n  prompt: |\n    ：“x”\u00a0epochs:3 a = b # c: {a|completion}\n").Ids);
}
