using FineTune.Keys;

namespace FineTune.Facts;

/// <summary>What the files of a model folder say, without its weights. What no file says is <see langword="null"/>.</summary>
internal sealed record ModelFacts
{
    /// <summary>The folder, as recipes name it.</summary>
    public required string Name { get; init; }

    public string? ModelType { get; init; }

    public string? Architecture { get; init; }

    public long? VocabularySize { get; init; }

    public long? HiddenSize { get; init; }

    public long? IntermediateSize { get; init; }

    public long? Layers { get; init; }

    public long? Heads { get; init; }

    public long? KeyValueHeads { get; init; }

    public long? HeadSize { get; init; }

    /// <summary>The longest context in tokens.</summary>
    public long? MaxPositions { get; init; }

    /// <summary>Whether the output head is the embedding.</summary>
    public bool TieWordEmbeddings { get; init; }

    /// <summary>The type that <c>config.json</c> gives, such as <c>bfloat16</c>.</summary>
    public string? DType { get; init; }

    /// <summary>The type of most of the weights' bytes, by the same names.</summary>
    public string? StoredDType { get; init; }

    /// <summary>How the checkpoint is quantized, such as <c>gptq</c>.</summary>
    public string? Quantization { get; init; }

    public bool HasTokenizer { get; init; }

    public bool HasWeights { get; init; }

    public bool HasChatTemplate { get; init; }

    /// <summary>Files of weights that the index names and that are not there.</summary>
    public EquatableArray<string> MissingShards { get; init; }

    /// <summary>One more than the highest id that the tokenizer makes.</summary>
    public long? TokenizerSize { get; init; }

    /// <summary>The longest text in tokens by the tokenizer's own settings.</summary>
    public long? ModelMaxLength { get; init; }

    public bool AddsBos { get; init; }

    public bool AddsEos { get; init; }

    public TokenFacts? Bos { get; init; }

    public TokenFacts? Eos { get; init; }

    public TokenFacts? Pad { get; init; }

    public TokenFacts? Unknown { get; init; }

    /// <summary>The end-of-sequence ids of <c>config.json</c>.</summary>
    public EquatableArray<long> EosTokenIds { get; init; }

    /// <summary>The weights' elements, tied ones once.</summary>
    public long Parameters { get; init; }

    /// <summary>The weights' bytes.</summary>
    public long Bytes { get; init; }

    /// <summary>The modules with two-dimensional weights, in the order of their names.</summary>
    public EquatableArray<LinearFacts> Linears { get; init; }
}
