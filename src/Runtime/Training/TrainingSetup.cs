using FineTune.Adapters;
using FineTune.Data;
using FineTune.Models;
using FineTune.Recipes;
using FineTune.Tensors;
using FineTune.Tokenization;
using static TorchSharp.torch;

namespace FineTune.Training;

/// <summary>What a run works with: rows, steps, model, adapter.</summary>
internal sealed class TrainingSetup : IDisposable
{
    private TrainingSetup(RecipeOptions options, ModelConfig config, TrainingRows rows, StepPlan steps, ProductType product)
    {
        (Options, Config, Rows, Steps, Product) = (options, config, rows, steps, product);
    }

    public RecipeOptions Options { get; }

    public ModelConfig Config { get; }

    public TrainingRows Rows { get; }

    public StepPlan Steps { get; }

    public ProductType Product { get; }

    /// <summary>The model's tokenizer.</summary>
    public required Tokenizer Tokenizer { get; init; }

    /// <summary>What the user should know of recipe and model.</summary>
    public IReadOnlyList<string> Notices { get; private init; } = [];

    /// <summary>The rows that are evaluated during training; null if none are.</summary>
    public EvaluationRows? HeldOut { get; private init; }

    /// <summary>The model; null until <see cref="LoadModel"/>.</summary>
    public CausalLanguageModel? Model { get; private set; }

    /// <summary>The adapter; null in full training.</summary>
    public AdapterSet? Adapters { get; private set; }

    /// <summary>What is trained.</summary>
    public IEnumerable<Parameter> Trained => Adapters?.Parameters ?? Model!.Parameters.Values;

    /// <summary>Reads configuration, tokenizer and rows, and plans the steps.</summary>
    /// <param name="pipeline">The recipe's rows and prompt.</param>
    /// <param name="options">The recipe.</param>
    /// <param name="productType">The type of the products where a checkpoint decides it; else null.</param>
    public static TrainingSetup Prepare(TrainingPipeline pipeline, RecipeOptions options, ScalarType? productType = null)
    {
        var config = ModelConfig.Load(options.Model.Base);
        if (config.IsClassifier)
        {
            throw new FineTuneException("FT5216", $"The base model is a classifier ({config.Architecture}): it gives scores of labels, and no tokens to train. Name a base model "
                + "whose architecture ends with ForCausalLM.", options.Model.Base);
        }

        var notices = ModelFactsCheck.Check(options);
        var preparation = RowPreparation.Of(options, config);
        var source = new RecipeRows(pipeline, options);
        var rows = TrainingRows.Read(source, options.Data.Train, preparation.Tokenize, preparation.Find, preparation.Limit);
        var lengths = rows.Sequences.Select(sequence => sequence.Length).ToList();
        var steps = new StepPlan(lengths, options.Training, options.Data.Shuffle, rows.Mixture(options.Training.Seed), preparation.Samples ? options.Grpo.NumIterations : 1);
        return new TrainingSetup(options, config, rows, steps, productType is { } type ? ProductType.OfCheckpoint(type) : ProductType.Choose(options.Model.DType))
        {
            Notices = notices,
            Tokenizer = preparation.Tokenizer,
            HeldOut = options.Training.EvalSteps is null ? null : EvaluationRows.Read(source, preparation, options),
        };
    }

    /// <summary>Loads or makes the weights and attaches the adapter.</summary>
    public void LoadModel()
    {
        Model = LoadBase();
        if (Options.Adapter is { } lora)
        {
            Adapters = AdapterSet.Create(Model, lora, Options.Training.Seed);
        }
        else
        {
            foreach (var parameter in Model.Parameters.Values)
                parameter.Train();
        }
    }

    /// <summary>A model as it is before training.</summary>
    public CausalLanguageModel LoadBase() => Options.Model.Initialization == ModelInitialization.Random
        ? CausalLanguageModel.Random(Config, Options.Training.Seed, ScalarType.Float32, Product.Type)
        : CausalLanguageModel.Load(Options.Model.Base, Product.Type, StoredType(Options.Model.DType));

    /// <summary>The type that a recipe wants weights stored in; null is the checkpoint's.</summary>
    public static ScalarType? StoredType(ModelDType asked) => asked switch
    {
        ModelDType.Float32 => ScalarType.Float32,
        ModelDType.BFloat16 => ScalarType.BFloat16,
        _ => null,
    };

    /// <summary>What the run will do.</summary>
    public TrainingPlan Plan()
    {
        var need = new MemoryNeed(Config, Options, Product.Type);
        var microBatches = Steps.From(0).Select(step => Passes(step).ToList()).ToList();
        var largest = microBatches.SelectMany(step => step).Max();
        var epoch = Rows.Mixture(Options.Training.Seed).Epoch(0).Select(i => Rows.Sequences[i]).ToList();
        return new TrainingPlan
        {
            Parameters = need.BaseParameters + need.AdapterParameters,
            TrainableParameters = need.TrainedParameters,
            Memory = need.Of(largest),
            Rows = Rows.Rows,
            DroppedRows = Rows.Dropped,
            TruncatedRows = Rows.Truncated,
            HeldOutRows = Rows.HeldOut,
            FilteredRows = Rows.Files.Sum(file => file.Filtered),
            Files = [.. Rows.Files.Select(file => new PlannedFile(file.Path, file.Weight, file.Rows, file.UsedRows))],
            Sequences = epoch.Count,
            TokensPerEpoch = epoch.Sum(sequence => (long)sequence.Length),
            TrainedTokensPerEpoch = epoch.Sum(sequence => (long)sequence.TrainedTokens),
            CompletionsPerEpoch = Options.Training.Samples ? epoch.Count * Options.Grpo.NumGenerations : 0,
            Steps = Steps.TotalSteps,
            MicroBatches = microBatches.Sum(step => step.Count),
            WeightDType = Name(need.StoredType),
            ProductDType = Name(Product.Type),
            ProductDTypeReason = Product.Reason,
        };
    }

    // The tokens of each pass of a step: of completions that are not written yet, as many as they may have.
    private IEnumerable<int> Passes(IReadOnlyList<int> step)
    {
        if (!Options.Training.Samples)
            return Steps.MicroBatches(step).Select(batch => batch.Sum(i => Rows.Sequences[i].Length));
        List<int> lengths = [.. step.SelectMany(i => Enumerable.Repeat(Rows.Sequences[i].Length + Options.Grpo.MaxCompletionLength, Options.Grpo.NumGenerations))];
        return SequencePacking.BestFitDecreasing(lengths, Options.Training.MicroBatchTokens).Select(pack => pack.Sum(i => lengths[i]));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Adapters?.Dispose();
        Model?.Dispose();
    }

    private static string Name(ScalarType type) => type switch
    {
        ScalarType.BFloat16 => "bfloat16",
        ScalarType.Float16 => "float16",
        _ => "float32",
    };
}
