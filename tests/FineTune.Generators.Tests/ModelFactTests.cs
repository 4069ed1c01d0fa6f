using FineTune.Facts;

namespace FineTune.Generators.Tests;

/// <summary>Mistakes that show only where the model is known.</summary>
public sealed class ModelFactTests
{
    private const string Recipe = """
        recipe: Tiny
        model: { base: models/tiny }
        data: { train: train.jsonl, prompt: "{a|completion}" }

        """;

    [Fact]
    public void NothingWrong() => Assert.Equal("", Run(TestFacts.Llama, Recipe + """
        adapter: { targets: [q_proj, self_attn.v_proj, model.layers.1.mlp.up_proj, layers.0.mlp.gate_proj], rank: 32 }
        """).Ids);

    [Fact]
    public void AModelThatIsNotOnDiskIsCheckedWhenItIs() => Assert.Equal("", GeneratorTest.Run(Recipe).Ids);

    [Fact]
    public void Targets() => Run(TestFacts.Llama, Recipe + """
        adapter: { targets: [q_porj, self_attn.q_proj, layers.2.self_attn.q_proj, c_attn, all, lm_head, mlp.q_proj] }
        """).Verify();

    [Fact]
    public void TargetsOfAnotherFamily() => Run(Gpt2, Recipe.Replace("models/tiny", "models/gpt2", StringComparison.Ordinal) + """
        adapter: { targets: [c_attn, q_proj] }
        """).Verify();

    [Fact]
    public void TargetsAndContextInCSharp() => GeneratorTest.Run(
        [],
        [("Recipes.cs", """
            using FineTune.Attributes;
            using FineTune.Recipes;

            [BaseModel("models/tiny", DType = ModelDType.BFloat16)]
            public sealed class Model;

            [Dataset("train.jsonl", MaxLength = 4096)]
            [Prompt("<s>{Question}{Answer|completion}</s>")]
            public sealed record Row(string Question, string Answer);

            [Recipe<Model, Row>]
            [Lora(Targets = "q_proj, q_porj", Rank = 64)]
            [Sft]
            public sealed partial class Tuned;
            """)],
        facts: [TestFacts.File(TestFacts.Llama with { StoredDType = "float32", DType = "float32", HasTokenizer = false })]).Verify();

    [Fact]
    public void Folder() => GeneratorTest.Run(
        [
            ("a.recipe.yaml", Named("A", "a")), ("b.recipe.yaml", Named("B", "b")), ("c.recipe.yaml", Named("C", "c")), ("d.recipe.yaml", Named("D", "d")),
            ("e.recipe.yaml", Named("E", "e")),
        ],
        [],
        facts:
        [
            TestFacts.File(TestFacts.Llama with { Name = "a", ModelType = "mamba", HasTokenizer = false, HasWeights = false, Linears = default }),
            TestFacts.File(TestFacts.Llama with { Name = "b", MissingShards = new(["model-00002-of-00003.safetensors", "model-00003-of-00003.safetensors"]) }),
            TestFacts.File(TestFacts.Llama with { Name = "c", TokenizerSize = 1001, EosTokenIds = new([2L, 32000L]), StoredDType = "float32" }),
            TestFacts.File(TestFacts.Llama with { Name = "d", Quantization = "gptq", Eos = null, EosTokenIds = default }),
            TestFacts.File(TestFacts.Llama with { Name = "e", Layers = 4, HiddenSize = 128 }),
        ]).Verify();

    [Fact]
    public void Uses() => Run(TestFacts.Llama with { StoredDType = "float32", DType = "float32", ModelMaxLength = 256 }, """
        recipe: Tiny
        model: { base: models/tiny, dtype: bfloat16, initialization: random }
        data:
          train: train.jsonl
          prompt: "<s>{a|completion}</s>"
          max_length: 512
        adapter: { rank: 33 }
        """).Verify();

    [Fact]
    public void BeyondTheContext() => Run(TestFacts.Llama, """
        recipe: Tiny
        model: { base: models/tiny }
        data: { train: train.jsonl, prompt: "{a|completion}", max_length: 1024 }
        """).Verify();

    [Fact]
    public void Memory() => GeneratorTest.Run(
        [
            ("full.recipe.yaml", """
                recipe: Full
                model: { base: models/large }
                data: { train: train.jsonl, prompt: "{a|completion}" }
                """),
            ("lora.recipe.yaml", """
                recipe: Adapter
                model: { base: models/large }
                data: { train: train.jsonl, prompt: "{a|completion}" }
                adapter: { rank: 16 }
                training: { micro_batch_tokens: 16384, tokens_per_batch: 32768 }
                """),
            ("fits.recipe.yaml", """
                recipe: Fits
                model: { base: models/large }
                data: { train: train.jsonl, prompt: "{a|completion}" }
                adapter: { rank: 16 }
                """),
        ],
        [],
        facts: [TestFacts.File(Large), ("FineTuneDeviceMemory", "24GiB")]).Verify();

    [Fact]
    public void MemoryInCSharp() => GeneratorTest.Run(
        [],
        [("Recipes.cs", """
            using FineTune.Attributes;

            [BaseModel("models/large")]
            public sealed class Model;

            [Dataset("train.jsonl")]
            [Prompt("{Question}{Answer|completion}")]
            public sealed record Row(string Question, string Answer);

            [Recipe<Model, Row>]
            public sealed partial class Tuned;
            """)],
        facts: [TestFacts.File(Large), ("FineTuneDeviceMemory", "24")]).Verify();

    [Theory]
    [InlineData("24GiB", 25769803776)]
    [InlineData(" 1.5 gb ", 1500000000L)]
    [InlineData("512MiB", 536870912L)]
    [InlineData("24", null)]
    [InlineData("-1GiB", null)]
    [InlineData("1e9GiB", null)]
    [InlineData("GiB", null)]
    public void SizesOfMemory(string text, long? bytes) => Assert.Equal(bytes, FineTune.Facts.Rules.DeviceMemory.Parse(text));

    // The shape of Llama 3 8B.
    private static ModelFacts Large => TestFacts.Llama with
    {
        Name = "models/large",
        VocabularySize = 128_256,
        HiddenSize = 4096,
        IntermediateSize = 14_336,
        Layers = 32,
        Heads = 32,
        KeyValueHeads = 8,
        HeadSize = 128,
        TieWordEmbeddings = false,
        Parameters = 8_030_261_248,
        Linears = new(
        [
            new("lm_head", 1, 128_256, 4096, IsEmbedding: false),
            new("model.embed_tokens", 1, 128_256, 4096, IsEmbedding: true),
            new("model.layers.{32}.mlp.down_proj", 32, 4096, 14_336, IsEmbedding: false),
            new("model.layers.{32}.self_attn.q_proj", 32, 4096, 4096, IsEmbedding: false),
        ]),
    };

    private static ModelFacts Gpt2 => TestFacts.Llama with
    {
        Name = "models/gpt2",
        Linears = new([new("h.{2}.attn.c_attn", 2, 64, 192, IsEmbedding: false), new("h.{2}.mlp.c_fc", 2, 64, 256, IsEmbedding: false), new("wte", 1, 1000, 64, IsEmbedding: true)]),
    };

    private static GeneratorTest Run(ModelFacts facts, string yaml) => GeneratorTest.Run([("tiny.recipe.yaml", yaml)], [], facts: [TestFacts.File(facts)]);

    private static string Named(string recipe, string model) => $$"""
        recipe: {{recipe}}
        model: { base: {{model}} }
        data: { train: train.jsonl, prompt: "{a|completion}" }
        """;
}
