using FineTune.Facts;

namespace FineTune.Generators.Tests;

/// <summary>Facts of models, as the build would hand them over.</summary>
internal static class TestFacts
{
    /// <summary>A small Llama without anything wrong.</summary>
    public static ModelFacts Llama { get; } = new()
    {
        Name = "models/tiny",
        ModelType = "llama",
        Architecture = "LlamaForCausalLM",
        VocabularySize = 1000,
        HiddenSize = 64,
        IntermediateSize = 192,
        Layers = 2,
        Heads = 4,
        KeyValueHeads = 2,
        HeadSize = 16,
        MaxPositions = 512,
        TieWordEmbeddings = true,
        DType = "bfloat16",
        StoredDType = "bfloat16",
        HasTokenizer = true,
        HasWeights = true,
        TokenizerSize = 1000,
        ModelMaxLength = 512,
        AddsBos = true,
        Bos = new("<s>", 1),
        Eos = new("</s>", 2),
        EosTokenIds = new([2L]),
        Parameters = 164_000,
        Bytes = 328_000,
        Linears = new(
        [
            new("model.embed_tokens", 1, 1000, 64, IsEmbedding: true),
            new("model.layers.{2}.mlp.down_proj", 2, 64, 192, IsEmbedding: false),
            new("model.layers.{2}.mlp.gate_proj", 2, 192, 64, IsEmbedding: false),
            new("model.layers.{2}.mlp.up_proj", 2, 192, 64, IsEmbedding: false),
            new("model.layers.{2}.self_attn.k_proj", 2, 32, 64, IsEmbedding: false),
            new("model.layers.{2}.self_attn.o_proj", 2, 64, 64, IsEmbedding: false),
            new("model.layers.{2}.self_attn.q_proj", 2, 64, 64, IsEmbedding: false),
            new("model.layers.{2}.self_attn.v_proj", 2, 32, 64, IsEmbedding: false),
        ]),
    };

    /// <summary>Questions and answers, with columns of every kind beside them.</summary>
    public static DataFacts Questions { get; } = new()
    {
        Name = "train.jsonl",
        Rows = 200,
        Bytes = 12_345,
        Digest = "00",
        Columns = new(
        [
            new("id", ColumnKind.Integer),
            new("question", ColumnKind.String),
            new("answer", ColumnKind.String) { EmptyRow = 12 },
            new("note", ColumnKind.String) { NullRow = 3 },
            new("score", ColumnKind.Number) { MissingRow = 7 },
            new("good", ColumnKind.Boolean),
            new("tags", ColumnKind.List) { Children = new([new("", ColumnKind.String) { NullRow = 4 }]) },
            new("messages", ColumnKind.List)
            {
                Children = new(
                [
                    new("", ColumnKind.Object)
                    {
                        Children = new(
                        [
                            new("role", ColumnKind.String),
                            new("content", ColumnKind.String) { NullRow = 9 },
                            new("tool_calls", ColumnKind.List) { MissingRow = 1, Children = new([new("", ColumnKind.Object) { Children = new([new("name", ColumnKind.String), new("id", ColumnKind.Integer)]) }]) },
                        ]),
                    },
                ]),
            },
            new("meta", ColumnKind.Object) { NullRow = 2, Children = new([new("url", ColumnKind.String), new("meta", ColumnKind.Number)]) },
            new("none", ColumnKind.Null) { NullRow = 1 },
            new("mixed", ColumnKind.Mixed) { ConflictRow = 5, Conflict = (ColumnKind.Integer, ColumnKind.String) },
            new("empty", ColumnKind.List),
            new("class", ColumnKind.String),
        ]),
    };

    /// <summary>The fact file of data.</summary>
    public static (string Name, string Text) File(DataFacts facts) => (facts.Name.Replace('/', '-') + ".data.facts", DataFactsText.Write(facts));

    /// <summary>The fact file of a model.</summary>
    public static (string Name, string Text) File(ModelFacts facts) => (facts.Name.Replace('/', '-') + ".model.facts", ModelFactsText.Write(facts));
}
