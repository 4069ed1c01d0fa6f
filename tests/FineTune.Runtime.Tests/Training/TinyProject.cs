using System.Text.Json;
using FineTune.Models;
using FineTune.Prompts;
using FineTune.Recipes;
using FineTune.Tokenization.Training;
using TorchSharp;

namespace FineTune.Tests.Training;

/// <summary>A folder with a tiny random model, its tokenizer and a few rows: enough for whole runs in milliseconds.</summary>
internal sealed class TinyProject : IDisposable
{
    private const string Config = """
        {
          "model_type": "llama", "architectures": ["LlamaForCausalLM"], "hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2,
          "num_attention_heads": 4, "num_key_value_heads": 2, "max_position_embeddings": 64, "vocab_size": 300, "rms_norm_eps": 1e-5,
          "tie_word_embeddings": true, "eos_token_id": 0, "torch_dtype": "float32"
        }
        """;

    private static readonly string[] Words = ["red", "green", "blue", "one", "two", "three", "north", "south"];

    public TinyProject(int rows = 24)
    {
        Root = Directory.CreateTempSubdirectory("finetune-run-").FullName;
        ModelFolderPath = Path.Combine(Root, "model");
        Directory.CreateDirectory(ModelFolderPath);
        File.WriteAllText(Path.Combine(ModelFolderPath, "config.json"), Config);
        var trainer = new BytePairTrainer(new() { VocabularySize = 300, SpecialTokens = ["<|end|>"], EosToken = "<|end|>" });
        foreach (var word in Words)
            trainer.Add($"Q: {word} A: {word} {word}");
        trainer.Train().Save(ModelFolderPath);
        using (var model = CausalLanguageModel.Random(ModelConfig.Load(ModelFolderPath), 7, torch.ScalarType.Float32, torch.ScalarType.Float32))
            ModelFolder.Save(ModelFolderPath, model, CopyOfConfig(), torch.ScalarType.Float32);
        WriteRows(Enumerable.Range(0, rows).Select(i => (Words[i % Words.Length] + i, $" {Words[(i + 1) % Words.Length]} {i}")));
        Options = new RecipeOptions
        {
            Name = "Tiny",
            Model = new ModelOptions { Base = ModelFolderPath, DType = ModelDType.Float32 },
            Data = new DataOptions { Train = DataPath },
            Adapter = new LoraOptions { Rank = 4, Alpha = 8 },
            Training = new TrainingOptions { LearningRate = 1e-2, TokensPerBatch = 128, Epochs = 3, Schedule = LearningRateSchedule.Cosine },
        };
        Folder = FineTune.Training.RunFolder.Of(Options, Root);
    }

    public string Root { get; }

    public string ModelFolderPath { get; }

    public string DataPath => Path.Combine(Root, "train.jsonl");

    public RecipeOptions Options { get; set; }

    public FineTune.Training.RunFolder Folder { get; set; }

    public TinyPipeline Pipeline { get; init; } = new();

    /// <summary>Gives the recipe held-out rows.</summary>
    public void WriteTestRows(IEnumerable<(string Question, string Answer)> rows)
    {
        var path = Path.Combine(Root, "test.jsonl");
        WriteRows(path, rows);
        Options = Options with { Data = Options.Data with { Test = path } };
    }

    public void WriteRows(IEnumerable<(string Question, string Answer)> rows) => WriteRows(DataPath, rows);

    private static void WriteRows(string path, IEnumerable<(string Question, string Answer)> rows) => File.WriteAllLines(
        path, rows.Select(row => JsonSerializer.Serialize(new { question = row.Question, answer = row.Answer })));

    public void Dispose() => Directory.Delete(Root, recursive: true);

    // Saving replaces the folder, so its companions come from a copy.
    private string CopyOfConfig()
    {
        var copy = Path.Combine(Root, "base");
        Directory.CreateDirectory(copy);
        foreach (var file in Directory.EnumerateFiles(ModelFolderPath))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        return copy;
    }

    /// <summary>Makes the tokenizer put its end token in front of every text, as tokenizers with a BOS do.</summary>
    public void MakeTokenizerBeginTexts()
    {
        var path = Path.Combine(ModelFolderPath, "tokenizer.json");
        var json = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(path))!;
        json["post_processor"] = System.Text.Json.Nodes.JsonNode.Parse("""
            {"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"<|end|>","type_id":0}},{"Sequence":{"id":"A","type_id":0}}],
            "pair":[{"Sequence":{"id":"A","type_id":0}},{"Sequence":{"id":"B","type_id":1}}],
            "special_tokens":{"<|end|>":{"id":"<|end|>","ids":[0],"tokens":["<|end|>"]}}}
            """);
        File.WriteAllText(path, json.ToJsonString());
        var config = Path.Combine(ModelFolderPath, "tokenizer_config.json");
        var settings = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(config))!;
        settings["bos_token"] = "<|end|>";
        File.WriteAllText(config, settings.ToJsonString());
    }

    internal sealed record Row(string Question, string Answer);

    internal class TinyPipeline : TrainingPipeline<Row>
    {
        public string Beginning { get; set; } = "";

        public string Separator { get; set; } = "";

        public string Ending { get; set; } = "";

        public Func<Row, bool> Keep { get; set; } = _ => true;

        public Func<Row, Row> Change { get; set; } = row => row;

        public override RecipeOptions Options => throw new InvalidOperationException("Tests pass their own options.");

        protected override Row ReadRow(ref Utf8JsonReader reader) =>
            JsonSerializer.Deserialize<Row>(ref reader, JsonSerializerOptions.Web)!;

        protected override bool Filter(Row row) => Keep(row);

        protected override Row Map(Row row) => Change(row);

        protected override void Format(Row row, PromptBuilder prompt)
        {
            prompt.Text($"{Beginning}Q: {row.Question} A:{Separator}");
            prompt.Completion(row.Answer);
            prompt.Text(Ending);
        }
    }
}
