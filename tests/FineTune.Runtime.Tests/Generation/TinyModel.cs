using FineTune.Models;
using static TorchSharp.torch;

namespace FineTune.Tests.Generation;

/// <summary>A model of random weights, large enough that its next tokens differ.</summary>
internal static class TinyModel
{
    public static CausalLanguageModel Create(
        int vocabulary = 97, int hidden = 32, int layers = 2, ScalarType stored = ScalarType.Float32, ScalarType products = ScalarType.Float32) =>
        CausalLanguageModel.Random(Config(vocabulary, hidden, layers), seed: 3, stored, products);

    public static ModelConfig Config(int vocabulary, int hidden, int layers) => new()
    {
        ModelType = "llama",
        Architecture = "LlamaForCausalLM",
        VocabularySize = vocabulary,
        HiddenSize = hidden,
        IntermediateSize = hidden * 3,
        Layers = layers,
        Heads = hidden / 8,
        KeyValueHeads = hidden / 16,
        HeadSize = 8,
        MaxPositions = 512,
        RmsNormEpsilon = 1e-5,
        TieWordEmbeddings = true,
        AttentionBias = false,
        MlpBias = false,
        Rope = new RopeConfig { Type = "default", Theta = 10000, Size = 8, OriginalPositions = 512 },
        InitializerRange = 0.3,
        PadTokenId = null,
        EosTokenIds = [0],
        Labels = 0,
        StoredType = ScalarType.Float32,
    };
}
