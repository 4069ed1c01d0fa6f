using System.Diagnostics;
using System.Globalization;
using System.Text;
using FineTune.Keys;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FineTune.Generators.Tests;

/// <summary>
/// Whatever the input, the generator and the analyzer do not throw, and either tell a mistake or emit code that compiles and
/// in which text from outside is nothing but text.
/// </summary>
public sealed class FuzzTests
{
    // A text that would be code, were it not written as a literal; no field can have this name.
    private const string Hostile = "\");HOSTILE();//";

    private static readonly string[] Recipes =
    [
        """
        # A comment
        recipe: DescribeApi
        model: { base: models/tiny-docs, dtype: bfloat16 }
        data:
          train: "data/train \"1\".jsonl"
          test: 'data/test.jsonl'
          prompt: |
            Member: {signature} {{x}}

              Summary:{summary|completion}
          max_length: 512
        adapter: { kind: lora, rank: 16, alpha: 32, targets: [q_proj, v_proj] }
        training:
          method: sft
          learning_rate: 2e-4
          tokens_per_batch: 8192
        evaluation:
          metrics: [rougeL, perplexity]
          rows: 20
        """,
        """
        recipe: Short
        model:
          base: models/tiny
        data: { train: train.jsonl, prompt: "{text|completion}" }
        training: { method: pretrain, batch_size: 4, gradient_accumulation: 2 }
        evaluation: []
        """,
        """
        recipe: Whole
        model: { base: ../models/tiny, initialization: pretrained }
        data:
          train: train.jsonl
          prompt: "{a} {b|completion}"
          overlong: split
          shuffle: false
        adapter:
          rank: 8
          alpha: 16.5
          dropout: 0.1
          use_rslora: true
          targets: all-linear
          rank_pattern: { q_proj: 4 }
          layers_to_transform: [0, 1]
        training:
          epochs: 0.5
          batch_size: 4
          gradient_accumulation: 2
          schedule: cosine_with_min_lr
          min_lr_rate: 0.1
          warmup_steps: 0.03
          save_steps: 0.25
          max_grad_norm: 0
        """,
    ];

    private static readonly string[] Fragments =
    [
        "{", "}", "{{", "}}", "[", "]", "|", ">", "|-", ":", ": ", ", ", "- ", "#", "\"", "'", "\\", "\n", "\r\n", "\r", "\t", "  ", "&a", "*a", "!t", "---\n", "...\n", "%YAML\n",
        "?", "~", "null", "\0", "\ufeff", "\u2028", "\ud83d", "😀", "日本", "{a}", "{a|completion}", "{a|x}", "{class|completion}", "\\ud83d", "\\x7b", "*/", "recipe", "data:", "prompt: ",
        "yes", "True", "0x10", "1_000", "3%", ".inf", "None", "\uff1a", "\u201c", "\u00a0", "lora_r: 8\n", "bf16: true\n", "<<: *a\n", "epochs:3", "~/x", "a\\b", "https://x", "*.jsonl", ".*_proj", "1e999", "-1", "99999999999999999999", Hostile,
    ];

    private readonly HashSet<string> _compiled = [];

    [Fact]
    public void EveryPrefixOfARecipe()
    {
        foreach (var recipe in Recipes)
        {
            for (var length = 0; length <= recipe.Length; length++)
                CheckYaml(recipe[..length]);
        }
    }

    [Fact]
    public void EveryLineRemovedFromARecipe()
    {
        foreach (var lines in Recipes.Select(recipe => recipe.Split('\n')))
        {
            for (var removed = 0; removed < lines.Length; removed++)
                CheckYaml(string.Join('\n', lines.Where((_, index) => index != removed)));
        }
    }

    [Fact]
    public void MutatedRecipes()
    {
        var random = new Random(1);
        for (var i = 0; i < 1500; i++)
            CheckYaml(Mutate(Recipes[i % Recipes.Length], random));
    }

    [Fact]
    public void HostilePrompts()
    {
        var random = new Random(2);
        for (var i = 0; i < 500; i++)
        {
            var prompt = Compose(random) + "{a|completion}";
            CheckYaml($"recipe: Tiny\nmodel: {{ base: {YamlScalar.Quote(Compose(random))} }}\ndata: {{ train: t, prompt: {YamlScalar.Quote(prompt)} }}\n");
        }
    }

    [Fact]
    public void MutatedCode()
    {
        const string code = """"
            using FineTune.Attributes;
            using FineTune.Recipes;
            namespace Samples;
            [BaseModel("models/tiny", DType = ModelDType.Float32)] public sealed class Model;
            [Dataset("train.jsonl", Test = "test.jsonl", MaxLength = 5)]
            [Prompt("""
                Member: {Signature} {Count}
                Summary:{Summary|completion}
                """)]
            public sealed record Row(string Signature, string Summary, int Count) { public bool? Flag { get; set; } }
            [Recipe<Model, Row>]
            [Lora(Rank = 4, Targets = "q_proj, v_proj")]
            [Sft(TokensPerBatch = 4, Schedule = LearningRateSchedule.Cosine)]
            [Evaluate(Metric.RougeL, Rows = 3)]
            public sealed partial class Sharp;
            """";
        var random = new Random(3);
        for (var i = 0; i < 300; i++)
            CheckCode(Mutate(code, random));
    }

    [Fact]
    public void HostilePromptsInCode()
    {
        var random = new Random(4);
        for (var i = 0; i < 200; i++)
        {
            CheckCode($$"""
                using FineTune.Attributes;
                [BaseModel({{Literal(Compose(random))}})] public sealed class Model;
                [Dataset({{Literal(Compose(random))}})] [Prompt({{Literal(Compose(random) + "{A|completion}")}})] public sealed record Row(string A);
                [Recipe<Model, Row>] public sealed partial class Sharp;
                """);
        }
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{")]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("{a: ")]
    [InlineData("&a ")]
    [InlineData("\n\t")]
    [InlineData("a: |\n ")]
    public void DeepNesting(string opening) => CheckYaml("recipe: Tiny\ndata: " + string.Concat(Enumerable.Repeat(opening, 3000)));

    /// <summary>Inputs that earlier runs found to raise another set of diagnostics than all before: they stay as they were found.</summary>
    [Fact]
    public void TheCorpus()
    {
        Assert.NotEmpty(FuzzCorpus.Inputs);
        foreach (var input in FuzzCorpus.Inputs)
            CheckYaml(input.Text);
    }

    /// <summary>
    /// As long as <c>FINETUNE_FUZZ_SECONDS</c> says, from the seed <c>FINETUNE_FUZZ_SEED</c> on: mutates recipes, and what it
    /// has found to be new. Counts go to <c>artifacts/fuzz-recipes.txt</c>; what fails, to the corpus.
    /// </summary>
    [Fact]
    public void ALongRun()
    {
        if (!double.TryParse(Environment.GetEnvironmentVariable("FINETUNE_FUZZ_SECONDS"), CultureInfo.InvariantCulture, out var seconds))
            Assert.Skip("FINETUNE_FUZZ_SECONDS is not set.");
        var seed = int.Parse(Environment.GetEnvironmentVariable("FINETUNE_FUZZ_SEED") ?? "1", CultureInfo.InvariantCulture);
        var corpus = new FuzzCorpus(Recipes);
        var random = new Random(seed);
        for (var watch = Stopwatch.StartNew(); watch.Elapsed.TotalSeconds < seconds;)
        {
            var prompt = random.Next(8) == 0;
            var input = prompt
                ? $"recipe: Tiny\nmodel: {{ base: {YamlScalar.Quote(Compose(random))} }}\ndata: {{ train: t, prompt: {YamlScalar.Quote(Compose(random) + "{a|completion}")} }}\n"
                : Mutate(corpus.Pick(random), random);
            corpus.Count(prompt);
            try
            {
                corpus.Offer(input, string.Join(' ', CheckYaml(input)));
            }
            catch (Exception exception)
            {
                FuzzCorpus.Keep(new("failed", input));
                throw new InvalidOperationException($"{exception.Message}\nThe input is the corpus's last.", exception);
            }

            // The sources compiled so far are only to save time.
            if (_compiled.Count > 20_000)
                _compiled.Clear();
        }

        corpus.Report(seed);
    }

    private IReadOnlyList<string> CheckYaml(string yaml)
    {
        var compilation = GeneratorTest.CreateCompilation([], OutputKind.DynamicallyLinkedLibrary);
        var result = GeneratorTest.CreateDriver([("tiny.recipe.yaml", yaml)]).RunGenerators(compilation, TestContext.Current.CancellationToken).GetRunResult().Results.Single();
        Assert.True(result.Exception is null, $"{result.Exception}\n{yaml}");
        Assert.True(result.Diagnostics.Length > 0 || result.GeneratedSources.Length > 0, "Neither a mistake nor code:\n" + yaml);
        Assert.All(result.Diagnostics, diagnostic => Assert.InRange(diagnostic.Location.SourceSpan.End, 0, yaml.Length));
        CheckSources(compilation, result);
        return [.. result.Diagnostics.Select(diagnostic => diagnostic.Id).Distinct().Order(StringComparer.Ordinal)];
    }

    private void CheckCode(string code)
    {
        var compilation = GeneratorTest.CreateCompilation([("Recipes.cs", code)], OutputKind.DynamicallyLinkedLibrary);
        var result = GeneratorTest.CreateDriver([]).RunGenerators(compilation, TestContext.Current.CancellationToken).GetRunResult().Results.Single();
        Assert.True(result.Exception is null, $"{result.Exception}\n{code}");
        var analyzed = compilation.WithAnalyzers([new RecipeAnalyzer()]).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken).GetAwaiter().GetResult();
        Assert.True(analyzed.All(diagnostic => diagnostic.Id != "AD0001"), string.Join('\n', analyzed) + code);
        if (compilation.GetDiagnostics(TestContext.Current.CancellationToken).All(diagnostic => diagnostic.Severity != DiagnosticSeverity.Error))
            CheckSources(compilation, result);
    }

    private void CheckSources(CSharpCompilation compilation, GeneratorRunResult result)
    {
        if (result.GeneratedSources.Length == 0 || !_compiled.Add(string.Concat(result.GeneratedSources.Select(source => source.SourceText.ToString()))))
            return;
        var trees = result.GeneratedSources.Select(source => CSharpSyntaxTree.ParseText(source.SourceText, new(LanguageVersion.CSharp14, DocumentationMode.Diagnose))).ToList();
        var problems = compilation.AddSyntaxTrees(trees).GetDiagnostics(TestContext.Current.CancellationToken).Where(problem => problem.Severity >= DiagnosticSeverity.Warning && trees.Contains(problem.Location.SourceTree!));
        Assert.True(!problems.Any(), string.Join('\n', problems) + string.Join('\n', trees));
        var outsideOfLiterals = trees.SelectMany(tree => tree.GetRoot().DescendantTokens(descendIntoTrivia: true))
            .Where(token => !token.IsKind(SyntaxKind.StringLiteralToken) && !token.IsKind(SyntaxKind.XmlTextLiteralToken));
        Assert.DoesNotContain(outsideOfLiterals, token => token.Text.Contains("HOSTILE", StringComparison.Ordinal));
    }

    private static string Mutate(string text, Random random)
    {
        var result = new StringBuilder(text);
        for (var edits = random.Next(1, 4); edits > 0; edits--)
        {
            var at = random.Next(result.Length + 1);
            if (random.Next(3) > 0)
                result.Remove(at, Math.Min(random.Next(1, 6), result.Length - at));
            if (random.Next(3) > 0)
                result.Insert(at, Fragments[random.Next(Fragments.Length)]);
        }

        return result.ToString();
    }

    private static string Compose(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => Fragments[random.Next(Fragments.Length)]));

    private static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);
}
