using System.Text.Json;
using FineTune.Facts;
using FineTune.Facts.Rules;
using static TorchSharp.torch;

namespace FineTune.Models;

/// <summary>What <c>config.json</c> of a Hugging Face folder says about a model of the Llama family.</summary>
internal sealed record ModelConfig
{
    /// <summary>The family, such as <c>llama</c>.</summary>
    public required string ModelType { get; init; }

    /// <summary>The class that saved it, such as <c>LlamaForCausalLM</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>Tokens in the vocabulary.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>The width of the residual stream.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>The width of the feed-forward block.</summary>
    public required int IntermediateSize { get; init; }

    /// <summary>Decoder blocks.</summary>
    public required int Layers { get; init; }

    /// <summary>Query heads.</summary>
    public required int Heads { get; init; }

    /// <summary>Key and value heads; divides <see cref="Heads"/>.</summary>
    public required int KeyValueHeads { get; init; }

    /// <summary>Elements of a head.</summary>
    public required int HeadSize { get; init; }

    /// <summary>The longest context.</summary>
    public required int MaxPositions { get; init; }

    /// <summary>ε of the norms.</summary>
    public required double RmsNormEpsilon { get; init; }

    /// <summary>Whether the output head is the embedding.</summary>
    public required bool TieWordEmbeddings { get; init; }

    /// <summary>Whether the attention's projections have biases.</summary>
    public required bool AttentionBias { get; init; }

    /// <summary>Whether the feed-forward block's projections have biases.</summary>
    public required bool MlpBias { get; init; }

    /// <summary>The rotary embedding.</summary>
    public required RopeConfig Rope { get; init; }

    /// <summary>The standard deviation of random initial weights.</summary>
    public required double InitializerRange { get; init; }

    /// <summary>The padding token, or null.</summary>
    public required int? PadTokenId { get; init; }

    /// <summary>The end-of-sequence tokens; often one.</summary>
    public required IReadOnlyList<int> EosTokenIds { get; init; }

    /// <summary>Whether the head gives scores of labels for a whole sequence, and no tokens.</summary>
    public bool IsClassifier => Architecture.EndsWith("ForSequenceClassification", StringComparison.Ordinal);

    /// <summary>Labels of a sequence classifier.</summary>
    public required int Labels { get; init; }

    /// <summary>The type that the weights were saved in.</summary>
    public required ScalarType StoredType { get; init; }

    /// <summary>Reads <c>config.json</c> of a folder.</summary>
    /// <exception cref="FineTuneException">
    /// FT5110: no such file, or not JSON. FT5111: a value is missing or makes no sense. FT1302, FT5112: the family, or what is
    /// special about the model, is not supported.
    /// </exception>
    public static ModelConfig Load(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var path = Path.Combine(folder, "config.json");
        try
        {
            using var document = FolderJson.Parse(File.ReadAllBytes(path));
            return Read(new JsonSettings(document.RootElement, path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FineTuneException("FT5110", $"'{Path.GetFullPath(folder)}' is no model folder: its config.json cannot be read ({exception.Message}).", path, exception);
        }
        catch (JsonException exception)
        {
            throw new FineTuneException("FT5110", $"config.json is not JSON: {FolderJson.Reason(exception)}. Get the file again from where it came.", FolderJson.Place(path, exception), exception);
        }
    }

    private static ModelConfig Read(JsonSettings json)
    {
        var type = json.String("model_type");
        if (!SupportedModels.Types.Contains(type))
            throw new FineTuneException(FactCodes.UnsupportedModel, $"Models of type '{type}' are not supported. Supported: {string.Join(", ", SupportedModels.Types)}.", json.Path);
        // Other activations of this family are no gated SiLU, and would be computed wrongly in silence.
        if (json.String("hidden_act", "silu") is not ("silu" or "swish") and var activation)
            throw new FineTuneException("FT5112", $"The activation '{activation}' is not supported for llama. Supported: silu.", json.Path);
        var (hidden, heads) = (json.Positive("hidden_size"), json.Positive("num_attention_heads"));
        var keyValueHeads = json.Positive("num_key_value_heads", heads);
        if (heads % keyValueHeads != 0)
            throw new FineTuneException("FT5111", $"num_attention_heads ({heads}) must be a multiple of num_key_value_heads ({keyValueHeads}).", json.Path);
        var headSize = json.Positive("head_dim", hidden / heads);
        var maxPositions = json.Positive("max_position_embeddings", 2048);
        return new ModelConfig
        {
            ModelType = type,
            Architecture = json.Strings("architectures").FirstOrDefault("LlamaForCausalLM"),
            VocabularySize = json.Positive("vocab_size"),
            HiddenSize = hidden,
            IntermediateSize = json.Positive("intermediate_size"),
            Layers = json.Positive("num_hidden_layers"),
            Heads = heads,
            KeyValueHeads = keyValueHeads,
            HeadSize = headSize,
            MaxPositions = maxPositions,
            RmsNormEpsilon = json.Number("rms_norm_eps", 1e-6),
            TieWordEmbeddings = json.Boolean("tie_word_embeddings", false),
            AttentionBias = json.Boolean("attention_bias", false),
            MlpBias = json.Boolean("mlp_bias", false),
            Rope = RopeConfig.Read(json, headSize, maxPositions),
            InitializerRange = json.Number("initializer_range", 0.02),
            PadTokenId = json.Integers("pad_token_id").Select(id => (int?)id).FirstOrDefault(),
            EosTokenIds = json.Integers("eos_token_id"),
            Labels = json.Section("id2label")?.Count ?? json.Positive("num_labels", 2),
            StoredType = json.String("dtype", json.String("torch_dtype", "float32")) switch
            {
                "bfloat16" => ScalarType.BFloat16,
                "float16" => ScalarType.Float16,
                _ => ScalarType.Float32,
            },
        };
    }
}
