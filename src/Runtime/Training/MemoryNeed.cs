using FineTune.Adapters;
using FineTune.Models;
using FineTune.Recipes;
using static TorchSharp.torch;

namespace FineTune.Training;

/// <summary>The bytes that a run needs, from the configuration alone.</summary>
internal sealed class MemoryNeed
{
    private readonly ModelConfig _config;
    private readonly int _productBytes;
    private readonly long _ranks;
    private readonly int _states;
    private readonly bool _full;
    private readonly bool _copies;

    public MemoryNeed(ModelConfig config, RecipeOptions options, ScalarType product)
    {
        _config = config;
        _productBytes = product == ScalarType.BFloat16 ? 2 : 4;
        _full = options.Adapter is null;
        StoredType = _full || options.Model.Initialization == ModelInitialization.Random
            ? ScalarType.Float32
            : TrainingSetup.StoredType(options.Model.DType) ?? config.StoredType;
        // Trained weights are fp32; where products are not, a rounded copy stands beside them.
        _copies = product != ScalarType.Float32;
        _states = States(options.Training);
        BaseParameters = ModelShape.Parameters(config);
        if (options.Adapter is { } lora)
        {
            var size = AdapterSize.Of(lora, ModelShape.Modules(config));
            (AdapterParameters, _ranks) = (size.Parameters, size.Ranks);
        }
    }

    public ScalarType StoredType { get; }

    public long BaseParameters { get; }

    public long AdapterParameters { get; }

    public long TrainedParameters => _full ? BaseParameters : AdapterParameters;

    /// <summary>The need with micro-batches of at most so many tokens.</summary>
    public MemoryPlan Of(long tokens)
    {
        var stored = StoredType == ScalarType.Float32 ? 4 : 2;
        var trainedBytes = 4 + (_copies ? 2 : 0);
        var weights = BaseParameters * (_full ? trainedBytes : stored);
        // The gradient, the optimizer's state and an average, all fp32.
        var optimizer = TrainedParameters * 4 * (1 + _states);
        return new MemoryPlan(weights, AdapterParameters * trainedBytes, optimizer, Activations(tokens));
    }

    // The fp32 numbers that are kept for each trained weight. Adafactor keeps those of rows and columns, which is next to nothing.
    private static int States(TrainingOptions options) => (options.Average == WeightAveraging.None ? 0 : 1) + options.Optimizer switch
    {
        OptimizerKind.Sgd => options.Momentum > 0 ? 1 : 0,
        OptimizerKind.Adafactor => 0,
        OptimizerKind.Lion or OptimizerKind.Adagrad or OptimizerKind.Muon => 1,
        OptimizerKind.RmsProp => options.Momentum > 0 ? 2 : 1,
        _ => 2,
    };

    // What a block keeps (see LlamaBlockState), the working memory of one block's backward pass, and one chunk of logits.
    private long Activations(long tokens)
    {
        var (query, key) = ((long)_config.Heads * _config.HeadSize, (long)_config.KeyValueHeads * _config.HeadSize);
        var kept = 2L * _config.HiddenSize + 2 * query + 2 * key + 2L * _config.IntermediateSize;
        var rotary = (long)_config.HeadSize * 4;
        var perToken = (kept * _config.Layers + _ranks) * _productBytes + (_config.Heads + 2L) * 4 * _config.Layers + rotary;
        var working = (4L * _config.HiddenSize + 2L * _config.IntermediateSize) * _productBytes;
        return tokens * (perToken + working) + TrainingPass.ChunkBytes;
    }
}
