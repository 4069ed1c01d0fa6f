using FineTune.TestSupport;
using Microsoft.CodeAnalysis;

namespace FineTune.Generators.Tests;

public sealed class PipelineTests
{
    private static readonly string GeneratorVersion = typeof(RecipeGenerator).Assembly.GetName().Version!.ToString(3);

    private const string Yaml = """
        recipe: DescribeApi
        model: { base: models/tiny-docs, dtype: bfloat16 }
        data:
          train: data/api.train.jsonl
          test: data/api.test.jsonl
          prompt: |
            Member: {signature}
            Summary:{summary|completion}
        adapter: { kind: lora, rank: 8, alpha: 32, targets: all-linear }
        training: { method: sft, learning_rate: 1e-5, epochs: 1, tokens_per_batch: 8192 }
        evaluation: [rougeL, perplexity]
        """;

    private const string CSharp = """"
        using FineTune.Attributes;
        using FineTune.Recipes;

        namespace Samples;

        [BaseModel("models/tiny-docs")]
        public sealed class TinyDocs;

        [Dataset("data/api.train.jsonl", Test = "data/api.test.jsonl")]
        [Prompt("""
            Member: {Signature}
            Summary:{Summary|completion}
            """)]
        public sealed record ApiDoc(string Signature, string Summary);

        [Recipe<TinyDocs, ApiDoc>]
        [Lora(Rank = 16, Alpha = 32, Targets = "all-linear")]
        [Sft(LearningRate = 2e-4, Epochs = 1, TokensPerBatch = 8192)]
        [Evaluate(Metric.RougeL, Metric.Perplexity)]
        public sealed partial class DescribeApi;
        """";

    [Fact]
    public void YamlRecipe() => GeneratorTest.Run(Yaml).Verify();

    [Fact]
    public void CSharpRecipe() => GeneratorTest.Run(code: CSharp).Verify();

    [Fact]
    public void BrokenRecipe()
    {
        var test = GeneratorTest.Run(Yaml.Replace("1e-5", "0", StringComparison.Ordinal), "_ = new Samples.DescribeApi().Options;", OutputKind.ConsoleApplication);
        Assert.Equal("FT1007", test.Ids);
        Assert.DoesNotContain(test.Compilation.GetDiagnostics(TestContext.Current.CancellationToken), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Snapshot.Verify(test.Sources.Single().Value.Replace(GeneratorVersion, "VERSION", StringComparison.Ordinal), "cs");
    }

    [Fact]
    public void EntryPoint() => GeneratorTest.Run(Yaml.Replace("DescribeApi", "Another", StringComparison.Ordinal), CSharp, OutputKind.ConsoleApplication).Verify();
}
