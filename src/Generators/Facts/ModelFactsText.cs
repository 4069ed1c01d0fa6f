namespace FineTune.Facts;

/// <summary>Model facts as a fact file.</summary>
internal static class ModelFactsText
{
    private delegate IEnumerable<string[]> Writing(ModelFacts facts);

    private delegate ModelFacts Reading(ModelFacts facts, string[] fields);

    // In the order of the file. A field's name is that of the key of config.json where it has one.
    private static readonly (string Name, Writing Write, Reading Read)[] Table =
    [
        Text("name", facts => facts.Name, (facts, value) => facts with { Name = value }),
        Text("model_type", facts => facts.ModelType, (facts, value) => facts with { ModelType = value }),
        Text("architecture", facts => facts.Architecture, (facts, value) => facts with { Architecture = value }),
        Number("vocab_size", facts => facts.VocabularySize, (facts, value) => facts with { VocabularySize = value }),
        Number("hidden_size", facts => facts.HiddenSize, (facts, value) => facts with { HiddenSize = value }),
        Number("intermediate_size", facts => facts.IntermediateSize, (facts, value) => facts with { IntermediateSize = value }),
        Number("num_hidden_layers", facts => facts.Layers, (facts, value) => facts with { Layers = value }),
        Number("num_attention_heads", facts => facts.Heads, (facts, value) => facts with { Heads = value }),
        Number("num_key_value_heads", facts => facts.KeyValueHeads, (facts, value) => facts with { KeyValueHeads = value }),
        Number("head_dim", facts => facts.HeadSize, (facts, value) => facts with { HeadSize = value }),
        Number("max_position_embeddings", facts => facts.MaxPositions, (facts, value) => facts with { MaxPositions = value }),
        Flag("tie_word_embeddings", facts => facts.TieWordEmbeddings, facts => facts with { TieWordEmbeddings = true }),
        Text("dtype", facts => facts.DType, (facts, value) => facts with { DType = value }),
        Text("stored_dtype", facts => facts.StoredDType, (facts, value) => facts with { StoredDType = value }),
        Text("quantization", facts => facts.Quantization, (facts, value) => facts with { Quantization = value }),
        Flag("has_tokenizer", facts => facts.HasTokenizer, facts => facts with { HasTokenizer = true }),
        Flag("has_weights", facts => facts.HasWeights, facts => facts with { HasWeights = true }),
        Flag("has_chat_template", facts => facts.HasChatTemplate, facts => facts with { HasChatTemplate = true }),
        ("missing_shard", facts => facts.MissingShards.Select(shard => new[] { shard }),
            (facts, fields) => facts with { MissingShards = new(facts.MissingShards.Append(FactFields.At(fields, 1))) }),
        Number("tokenizer_size", facts => facts.TokenizerSize, (facts, value) => facts with { TokenizerSize = value }),
        Number("model_max_length", facts => facts.ModelMaxLength, (facts, value) => facts with { ModelMaxLength = value }),
        Flag("adds_bos", facts => facts.AddsBos, facts => facts with { AddsBos = true }),
        Flag("adds_eos", facts => facts.AddsEos, facts => facts with { AddsEos = true }),
        Token("bos", facts => facts.Bos, (facts, token) => facts with { Bos = token }),
        Token("eos", facts => facts.Eos, (facts, token) => facts with { Eos = token }),
        Token("pad", facts => facts.Pad, (facts, token) => facts with { Pad = token }),
        Token("unk", facts => facts.Unknown, (facts, token) => facts with { Unknown = token }),
        ("eos_token_id", facts => facts.EosTokenIds.Select(id => new[] { FactFields.Write(id) }),
            (facts, fields) => FactFields.Number(FactFields.At(fields, 1)) is { } id ? facts with { EosTokenIds = new(facts.EosTokenIds.Append(id)) } : facts),
        Number("parameters", facts => facts.Parameters, (facts, value) => facts with { Parameters = value }),
        Number("bytes", facts => facts.Bytes, (facts, value) => facts with { Bytes = value }),
        ("linear", facts => facts.Linears.Select(WriteLinear),
            (facts, fields) => facts with { Linears = new(facts.Linears.Append(ReadLinear(fields))) }),
    ];

    public static string Write(ModelFacts facts) =>
        FactLines.Write(Table.SelectMany(field => field.Write(facts).Select(values => values.Prepend(field.Name))));

    public static ModelFacts Read(string text)
    {
        var facts = new ModelFacts { Name = "" };
        var linears = new List<LinearFacts>();
        foreach (var fields in FactLines.Read(text))
        {
            if (fields[0] == "linear")
                linears.Add(ReadLinear(fields));
            else if (Array.Find(Table, field => field.Name == fields[0]) is { Read: { } read })
                facts = read(facts, fields);
        }

        return facts with { Linears = new(linears) };
    }

    private static string[] WriteLinear(LinearFacts linear) =>
    [
        linear.Pattern, FactFields.Write(linear.Count), FactFields.Write(linear.Rows), FactFields.Write(linear.Columns), linear.IsEmbedding ? "embedding" : "linear",
    ];

    private static LinearFacts ReadLinear(string[] fields)
    {
        return new(FactFields.At(fields, 1), (int)Math.Min(Of(2), int.MaxValue), Of(3), Of(4), FactFields.At(fields, 5) == "embedding");

        long Of(int index) => Math.Max(0, FactFields.Number(FactFields.At(fields, index)) ?? 0);
    }

    private static (string, Writing, Reading) Text(string name, Func<ModelFacts, string?> get, Func<ModelFacts, string, ModelFacts> set) =>
        (name, facts => get(facts) is { } value ? [[value]] : [], (facts, fields) => set(facts, FactFields.At(fields, 1)));

    private static (string, Writing, Reading) Number(string name, Func<ModelFacts, long?> get, Func<ModelFacts, long, ModelFacts> set) =>
        (name, facts => get(facts) is { } value ? [[FactFields.Write(value)]] : [],
            (facts, fields) => FactFields.Number(FactFields.At(fields, 1)) is { } value ? set(facts, value) : facts);

    private static (string, Writing, Reading) Flag(string name, Func<ModelFacts, bool> get, Func<ModelFacts, ModelFacts> set) =>
        (name, facts => get(facts) ? [[]] : [], (facts, _) => set(facts));

    private static (string, Writing, Reading) Token(string name, Func<ModelFacts, TokenFacts?> get, Func<ModelFacts, TokenFacts, ModelFacts> set) =>
        (name, facts => get(facts) is { } token ? [token.Id is { } id ? [token.Text, FactFields.Write(id)] : [token.Text]] : [],
            (facts, fields) => set(facts, new(FactFields.At(fields, 1), FactFields.Number(FactFields.At(fields, 2)))));
}
