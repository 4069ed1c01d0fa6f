using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FineTune.Keys;
using FineTune.TestSupport;
using Json.Schema;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace FineTune.Generators.Tests;

/// <summary>The JSON Schema by which editors complete and check recipes.</summary>
public sealed class RecipeSchemaTests
{
    private const string Model = "recipe: Tiny\nmodel: { base: models/tiny }\n";
    private const string Data = "data: { train: train.jsonl, prompt: '{a|completion}' }\n";
    private const string Tested = "data: { train: train.jsonl, test: test.jsonl, prompt: '{a|completion}' }\n";

    private static readonly string Path = System.IO.Path.Combine(Repository.Root, "src", "Sdk", "schema", "finetune.schema.json");

    private static readonly Lazy<JsonSchema> Schema = new(() => JsonSchema.FromText(RecipeSchema.Write()));

    [Fact]
    public void TheSchemaIsFresh()
    {
        var written = RecipeSchema.Write();
        var current = File.Exists(Path) ? File.ReadAllText(Path).ReplaceLineEndings("\n") : "";
        if (current != written && Environment.GetEnvironmentVariable("FINETUNE_ACCEPT_SNAPSHOTS") == "1" && Environment.GetEnvironmentVariable("CI") != "true")
            File.WriteAllText(Path, written);
        else
            Assert.Equal(written, current);
    }

    [Fact]
    public void TheRecipesOfTheRepositoryFit()
    {
        var recipes = new[] { "samples", "src" }
            .SelectMany(folder => Directory.EnumerateFiles(System.IO.Path.Combine(Repository.Root, folder), "*.recipe.yaml", SearchOption.AllDirectories)).ToList();
        Assert.NotEmpty(recipes);
        Assert.All(recipes, recipe => Assert.True(Fits(File.ReadAllText(recipe)), recipe));
    }

    /// <summary>What the generator accepts, editors accept.</summary>
    [Theory]
    [InlineData(Data)]
    [InlineData("data: { train: [a.jsonl, { path: b.jsonl, weight: 0.5 }], type: messages, train_on: last }\n")]
    [InlineData("data: { train: a.jsonl, test_size: 0.1, split_by: author, type: text }\nevaluation: [perplexity]\n")]
    [InlineData(Tested + "evaluation: [perplexity, rougeL]\n")]
    [InlineData(Tested + "evaluation: { metrics: [perplexity], rows: 10 }\n")]
    [InlineData(Tested + "training: { eval_steps: 0.1, load_best: true }\n")]
    [InlineData(Data + "adapter: { rank: 8, targets: [q_proj] }\n")]
    [InlineData(Data + "adapter: { kind: lora, alpha: 16, targets: all-linear }\n")]
    [InlineData(Data + "adapter: { kind: none, rank: 16 }\n")]
    [InlineData(Data + "adapter: { rank_pattern: { q_proj: 8 }, layers_to_transform: [0, 1], layers_pattern: [layers], modules_to_save: [lm_head] }\n")]
    [InlineData(Data + "training: { batch_size: 4, gradient_accumulation: 2, warmup_steps: 0.1 }\n")]
    [InlineData(Data + "training: { schedule: cosine_with_min_lr, min_lr_rate: 0.1, learning_rate: 2e-4 }\n")]
    public void Fitting(string sections)
    {
        Assert.True(Fits(Model + sections));
        Assert.DoesNotContain(GeneratorTest.Run(Model + sections).Diagnostics, diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error);
    }

    /// <summary>What editors refuse, the generator refuses.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("data: { train: [{ weight: 2 }], type: text }\n")]
    [InlineData("data: { train: [], type: text }\n")]
    [InlineData("data: { train: a.jsonl, type: text, train_on: last }\n")]
    [InlineData("data: { train: a.jsonl, test: b.jsonl, test_size: 0.1 }\n")]
    [InlineData(Data + "seed: 1\n")]
    [InlineData(Data + "training: { epoch: 3 }\n")]
    [InlineData(Data + "training: { epochs: three }\n")]
    [InlineData(Data + "training: { epochs: 0 }\n")]
    [InlineData(Data + "training: { beta1: 1 }\n")]
    [InlineData(Data + "training: { max_steps: 1.5 }\n")]
    [InlineData(Data + "training: { schedule: wsd }\n")]
    [InlineData(Data + "training: { tokens_per_batch: 8192, batch_size: 4 }\n")]
    [InlineData(Data + "training: { tokens_per_batch: 8192, gradient_accumulation: 4 }\n")]
    [InlineData(Data + "training: { min_lr_rate: 0.1 }\n")]
    [InlineData(Data + "training: { schedule: constant, warmup_steps: 10 }\n")]
    [InlineData(Data + "training: { eval_steps: 10 }\n")]
    [InlineData(Data + "adapter: { kind: none, rank: 8 }\n")]
    [InlineData(Data + "adapter: { targets: [] }\n")]
    [InlineData(Data + "adapter: { rank_pattern: { q_proj: 1.5 } }\n")]
    [InlineData(Data + "adapter: { layers_to_transform: [-1] }\n")]
    [InlineData(Data + "adapter: { layers_pattern: [layers] }\n")]
    [InlineData(Data + "adapter: { target_pattern: .*q_proj, targets: [q_proj] }\n")]
    [InlineData(Data + "evaluation: [perplexity]\n")]
    [InlineData(Data + "evaluation: { metrics: [perplexity] }\n")]
    [InlineData(Tested + "evaluation: [bleu]\n")]
    [InlineData(Tested + "evaluation: { max_new_tokens: 20 }\n")]
    public void NotFitting(string sections)
    {
        Assert.False(Fits(Model + sections));
        Assert.Contains(GeneratorTest.Run(Model + sections).Diagnostics, diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error);
    }

    [Fact]
    public void EveryKeyHasADescription()
    {
        var schema = JsonNode.Parse(RecipeSchema.Write())!;
        foreach (var key in KeyTable.All.Where(key => key.Section.ListKey is null && key.Section.Name.Length > 0))
            Assert.StartsWith(key.Summary, schema["properties"]![key.Section.Name]!["properties"]![key.Name]!["description"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private static bool Fits(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        using var json = JsonDocument.Parse(ToJson(stream.Documents[0].RootNode)!.ToJsonString());
        return Schema.Value.Evaluate(json.RootElement).IsValid;
    }

    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(entry => KeyValuePair.Create(((YamlScalarNode)entry.Key).Value!, ToJson(entry.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(ToJson)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: var text } => text is "true" or "false" ? text == "true"
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : text,
        YamlScalarNode scalar => scalar.Value,
        _ => throw new InvalidOperationException("A node of an unknown kind."),
    };
}
