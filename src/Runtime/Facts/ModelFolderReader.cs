using System.Text.Json;

namespace FineTune.Facts;

/// <summary>Reads what a Hugging Face folder says about its model: configuration, tokenizer, headers of the weights.</summary>
internal static class ModelFolderReader
{
    private static readonly string[] TokenizerFiles = ["tokenizer.json", "tokenizer.model", "spiece.model", "vocab.json", "vocab.txt"];

    /// <summary>The files that are read where they are there; those of the weights come with <see cref="WeightSummary.Files"/>.</summary>
    public static readonly IReadOnlyList<string> Files =
    [
        "config.json", "tokenizer_config.json", "special_tokens_map.json", "chat_template.jinja", "model.safetensors", "model.safetensors.index.json",
        .. TokenizerFiles,
    ];

    /// <summary>Reads a folder.</summary>
    /// <param name="folder">The folder; it has a <c>config.json</c>.</param>
    /// <param name="name">As the recipe names it.</param>
    /// <param name="withWeights">Whether the headers of the weights are read too.</param>
    /// <exception cref="FineTuneException">A file cannot be read or is not what it should be.</exception>
    public static ModelFacts Read(string folder, string name, bool withWeights = true)
    {
        var config = JsonFactFile.ReadObject(Path.Combine(folder, "config.json"), "FT5110");
        var facts = ReadTokenizer(folder, ReadConfig(config, name));
        return withWeights ? WeightSummary.Read(folder, facts) : facts;
    }

    /// <summary>The chat template: chat_template.jinja, else that in tokenizer_config.json; of several the one called default.</summary>
    public static string? ReadChatTemplate(string folder)
    {
        var file = Path.Combine(folder, "chat_template.jinja");
        return File.Exists(file) ? File.ReadAllText(file) : ChatTemplate(TokenizerConfig(folder));
    }

    private static string? ChatTemplate(JsonElement tokenizer) => tokenizer.Find("chat_template") switch
    {
        { ValueKind: JsonValueKind.String } template => template.GetString(),
        { ValueKind: JsonValueKind.Array } templates => templates.EnumerateArray()
            .Where(template => template.Text("name") == "default").Select(template => template.Text("template")).FirstOrDefault(),
        _ => null,
    };

    private static ModelFacts ReadConfig(JsonElement config, string name)
    {
        var (hidden, heads) = (config.Number("hidden_size"), config.Number("num_attention_heads"));
        return new()
        {
            Name = name,
            ModelType = config.Text("model_type"),
            Architecture = config.Find("architectures") is { ValueKind: JsonValueKind.Array } names
                ? names.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()).FirstOrDefault()
                : null,
            VocabularySize = config.Number("vocab_size"),
            HiddenSize = hidden,
            IntermediateSize = config.Number("intermediate_size"),
            Layers = config.Number("num_hidden_layers"),
            Heads = heads,
            KeyValueHeads = config.Number("num_key_value_heads") ?? heads,
            HeadSize = config.Number("head_dim") ?? (hidden / (heads is > 0 ? heads : null)),
            MaxPositions = config.Number("max_position_embeddings"),
            TieWordEmbeddings = config.Flag("tie_word_embeddings") ?? false,
            DType = config.Text("dtype") ?? config.Text("torch_dtype"),
            Quantization = config.Find("quantization_config") is { ValueKind: JsonValueKind.Object } quantization ? quantization.Text("quant_method") ?? "unknown" : null,
            EosTokenIds = new(Ids(config.Find("eos_token_id"))),
        };
    }

    private static ModelFacts ReadTokenizer(string folder, ModelFacts facts)
    {
        var config = TokenizerConfig(folder);
        var older = Path.Combine(folder, "special_tokens_map.json") is var path && File.Exists(path) ? JsonFactFile.ReadObject(path, "FT5202") : default;
        string? Token(string key) => SpecialToken(config, key) ?? SpecialToken(older, key);

        var (bos, eos, pad, unknown) = (Token("bos_token"), Token("eos_token"), Token("pad_token"), Token("unk_token"));
        var json = Path.Combine(folder, "tokenizer.json");
        var summary = File.Exists(json) ? TokenizerSummary.Read(json, new[] { bos, eos, pad, unknown }.OfType<string>()) : null;
        var isSentencePiece = summary is null && File.Exists(Path.Combine(folder, "tokenizer.model"));
        TokenFacts? Describe(string? token) => token is null ? null : new(token, summary?.IdOf(token));

        return facts with
        {
            HasTokenizer = TokenizerFiles.Any(file => File.Exists(Path.Combine(folder, file))),
            HasChatTemplate = File.Exists(Path.Combine(folder, "chat_template.jinja")) || ChatTemplate(config) is not null,
            TokenizerSize = summary?.Size,
            // Tokenizers without a limit have 10^30 there.
            ModelMaxLength = config.Number("model_max_length"),
            Bos = Describe(bos),
            Eos = Describe(eos),
            Pad = Describe(pad),
            Unknown = Describe(unknown),
            AddsBos = bos is not null && (summary?.Before.Contains(bos) ?? (isSentencePiece && config.Flag("add_bos_token") != false)),
            AddsEos = eos is not null && (summary?.After.Contains(eos) ?? (isSentencePiece && config.Flag("add_eos_token") == true)),
        };
    }

    private static JsonElement TokenizerConfig(string folder) =>
        Path.Combine(folder, "tokenizer_config.json") is var path && File.Exists(path) ? JsonFactFile.ReadObject(path, "FT5202") : default;

    private static string? SpecialToken(JsonElement config, string key) =>
        config.Text(key) ?? config.Find(key)?.Text("content");

    private static IEnumerable<long> Ids(JsonElement? ids) => ids switch
    {
        { ValueKind: JsonValueKind.Number } one when one.TryGetInt64(out var id) => [id],
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out _)).Select(item => item.GetInt64())],
        _ => [],
    };
}
