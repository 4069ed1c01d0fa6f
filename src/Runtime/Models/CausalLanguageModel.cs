using FineTune.Data;
using FineTune.Tensors;
using static TorchSharp.torch;

namespace FineTune.Models;

/// <summary>A decoder-only model of the Llama family over packed sequences, whose head gives tokens, or scores of labels.</summary>
internal sealed class CausalLanguageModel : IDisposable
{
    private readonly Dictionary<string, Parameter> _parameters = [];

    private CausalLanguageModel(ModelConfig config, ScalarType productType, Func<string, long[], Tensor> weights)
    {
        Config = config;
        ProductType = productType;
        Parameter Take(string name, params long[] shape)
        {
            var parameter = new Parameter(name, weights(name, shape));
            _parameters.Add(name, parameter);
            return parameter;
        }

        long hidden = config.HiddenSize;
        var shapes = ModelShape.Linears(config).ToDictionary(linear => linear.Path);
        LinearLayer Linear(string path)
        {
            var shape = shapes[path];
            return new LinearLayer(path, Take($"{path}.weight", shape.Out, shape.In), shape.Bias ? Take($"{path}.bias", shape.Out) : null);
        }

        Embedding = Take("model.embed_tokens.weight", config.VocabularySize, hidden);
        Tokens = new EmbeddingLayer("model.embed_tokens", Embedding);
        Blocks = [.. Enumerable.Range(0, config.Layers).Select(i => new LlamaBlock(config, Linear, name => Take(name, hidden), i))];
        FinalNorm = Take("model.norm.weight", hidden);
        Head = config.IsClassifier
            ? Linear(ModelShape.Score)
            : new LinearLayer(ModelShape.Head, config.TieWordEmbeddings ? Embedding : Take("lm_head.weight", config.VocabularySize, hidden), null);
    }

    /// <summary>The configuration.</summary>
    public ModelConfig Config { get; }

    /// <summary>The type that activations and products have: fp32 or bf16.</summary>
    public ScalarType ProductType { get; }

    /// <summary>The token embedding [vocabulary, hidden].</summary>
    public Parameter Embedding { get; }

    /// <summary>The layer of the token embedding.</summary>
    public EmbeddingLayer Tokens { get; }

    /// <summary>The decoder blocks.</summary>
    public IReadOnlyList<LlamaBlock> Blocks { get; }

    /// <summary>The norm before the output head.</summary>
    public Parameter FinalNorm { get; }

    /// <summary>The output head; its weight is the embedding's if tied.</summary>
    public LinearLayer Head { get; private set; }

    /// <summary>Whether the output head's weight is the embedding's.</summary>
    public bool HeadIsTied => ReferenceEquals(Head.Weight, Embedding);

    /// <summary>All weights, tied ones once, by their names on disk.</summary>
    public IReadOnlyDictionary<string, Parameter> Parameters => _parameters;

    /// <summary>All linear layers, the output head last.</summary>
    public IEnumerable<LinearLayer> Linears => Blocks.SelectMany(block => block.Linears).Append(Head);

    /// <summary>Gives the output head a weight of its own, with the same values, so that it and the embedding may differ from now on.</summary>
    public void UntieHead()
    {
        if (!HeadIsTied)
            return;
        // Both read the same memory until one of them is replaced.
        var weight = new Parameter($"{ModelShape.Head}.weight", Embedding.Value.alias());
        _parameters.Add(weight.Name, weight);
        Head = new LinearLayer(ModelShape.Head, weight, Head.Bias);
    }

    /// <summary>Loads a Hugging Face folder, tensor by tensor.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="productType">The type of activations and products.</param>
    /// <param name="storedType">The type to keep the weights in; null keeps each as it is stored.</param>
    /// <exception cref="FineTuneException">The folder is incomplete or does not fit its configuration (FT5100 to FT5116).</exception>
    public static CausalLanguageModel Load(string folder, ScalarType productType = ScalarType.Float32, ScalarType? storedType = null)
    {
        var config = ModelConfig.Load(folder);
        using var none = no_grad();
        using var source = WeightSource.Open(folder);
        var names = new WeightNames(source, config);
        names.CheckComplete();
        return new CausalLanguageModel(config, productType, (name, shape) =>
        {
            var stored = names.Read(name, shape);
            if (storedType is null || stored.dtype == storedType)
                return stored;
            using (stored)
                return stored.to(storedType.Value);
        });
    }

    /// <summary>Makes a model with random weights: normal with the configuration's deviation, norms 1, biases 0.</summary>
    /// <param name="config">The architecture.</param>
    /// <param name="seed">The same seed gives the same weights.</param>
    /// <param name="storedType">The type of the weights.</param>
    /// <param name="productType">The type of activations and products.</param>
    public static CausalLanguageModel Random(ModelConfig config, int seed, ScalarType storedType, ScalarType productType)
    {
        using var none = no_grad();
        using var generator = new Generator((ulong)seed);
        return new CausalLanguageModel(config, productType, (name, shape) =>
        {
            using var scope = NewDisposeScope();
            var value = name.EndsWith("norm.weight", StringComparison.Ordinal) ? ones(shape)
                : name.EndsWith(".bias", StringComparison.Ordinal) ? zeros(shape)
                : normal(0, config.InitializerRange, shape, generator: generator);
            return value.to(storedType).MoveToOuterDisposeScope();
        });
    }

    /// <summary>Runs the decoder.</summary>
    /// <param name="tokens">The token ids of all sequences, T of them.</param>
    /// <param name="batch">The sequences.</param>
    /// <param name="states">One for each block, filled for the backward pass; null outside of training.</param>
    /// <param name="embeddingNoise">The scale of the noise on embeddings in training; 0 is none.</param>
    /// <param name="read">The tokens whose result is read; null is all.</param>
    /// <returns>The residual stream before the final norm, [T, hidden], or the rows that are read.</returns>
    public Tensor Forward(
        ReadOnlySpan<int> tokens, BatchContext batch, IReadOnlyList<LlamaBlockState>? states = null, double embeddingNoise = 0, SelectedRows? read = null)
    {
        var hidden = Embed(tokens);
        if (embeddingNoise > 0)
            EmbeddingNoise.Add(hidden, batch.Layout, embeddingNoise);
        for (var i = 0; i < Blocks.Count; i++)
        {
            using var input = hidden;
            hidden = Blocks[i].Forward(input, batch, states?[i], i == Blocks.Count - 1 ? read : null);
        }

        batch.Cache?.Advance(batch.Layout);
        return hidden;
    }

    /// <summary>The angles of a batch.</summary>
    public BatchContext Context(SequenceLayout layout) => new(layout, RotaryTable.Of(Config.Rope, layout.PositionIds()));

    /// <summary>The angles of the tokens that follow those in a cache: first whole sequences, then one token each.</summary>
    public BatchContext Context(SequenceLayout layout, KeyValueCache cache) =>
        new(layout, RotaryTable.Of(Config.Rope, cache.Columns == 0 ? layout.PositionIds() : cache.NextPositions), cache);

    /// <summary>The embeddings of tokens, [T, hidden].</summary>
    public Tensor Embed(ReadOnlySpan<int> tokens) => Tokens.Forward(tokens, ProductType);

    /// <summary>The final norm and the output head: [rows, hidden] to logits [rows, vocabulary].</summary>
    public Tensor Logits(Tensor hidden)
    {
        var (normed, scale) = RmsNorm.Forward(hidden, FinalNorm.Value, Config.RmsNormEpsilon);
        using (scale)
        using (normed)
            return Head.Forward(normed);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var parameter in _parameters.Values)
            parameter.Dispose();
    }
}
