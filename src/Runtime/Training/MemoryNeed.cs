using FineTune.Adapters;
using FineTune.Facts;
using FineTune.Keys;
using FineTune.Models;
using FineTune.Recipes;
using static TorchSharp.torch;

namespace FineTune.Training;

/// <summary>The bytes that a run needs, from the configuration alone.</summary>
internal sealed class MemoryNeed
{
    private readonly MemorySizes _sizes;

    public MemoryNeed(ModelConfig config, RecipeOptions options, ScalarType product)
    {
        var isFull = options.Adapter is null;
        StoredType = isFull || options.Model.Initialization == ModelInitialization.Random
            ? ScalarType.Float32
            : TrainingSetup.StoredType(options.Model.DType) ?? config.StoredType;
        var adapter = options.Adapter is { } lora ? AdapterSize.Of(lora, ModelShape.Modules(config)) : new(0, 0);
        _sizes = new()
        {
            HiddenSize = config.HiddenSize,
            IntermediateSize = config.IntermediateSize,
            Layers = config.Layers,
            Heads = config.Heads,
            KeyValueHeads = config.KeyValueHeads,
            HeadSize = config.HeadSize,
            BaseParameters = ModelShape.Parameters(config),
            AdapterParameters = adapter.Parameters,
            Ranks = adapter.Ranks,
            IsFull = isFull,
            StoredBytes = StoredType == ScalarType.Float32 ? 4 : 2,
            ProductBytes = product == ScalarType.BFloat16 ? 2 : 4,
            States = MemorySizes.StatesOf(Name(options.Training.Optimizer), options.Training.Momentum > 0, options.Training.Average != WeightAveraging.None),
            Samples = options.Training.Samples,
            HasReference = options.Training.Samples && options.Grpo.Beta > 0,
        };
    }

    public ScalarType StoredType { get; }

    public long BaseParameters => _sizes.BaseParameters;

    public long AdapterParameters => _sizes.AdapterParameters;

    public long TrainedParameters => _sizes.TrainedParameters;

    /// <summary>The need with micro-batches of at most so many tokens.</summary>
    public MemoryPlan Of(long tokens) => new(_sizes.Weights, _sizes.Adapter, _sizes.Gradients + _sizes.OptimizerStates, _sizes.Activations(tokens)) { Reference = _sizes.Reference, Sampling = _sizes.Sampling };

    private static string Name(OptimizerKind optimizer) => TrainingKeys.Optimizer.Choices.First(choice => choice.CSharpName == optimizer.ToString()).Name;
}
