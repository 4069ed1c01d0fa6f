using FineTune.Adapters;
using FineTune.Generation;
using FineTune.Models;
using FineTune.Recipes;
using FineTune.Tensors;
using FineTune.Tokenization;
using FineTune.Training;
using static TorchSharp.torch;

namespace FineTune.Evaluation;

/// <summary>
/// The models before and after a recipe's training: with an adapter one model whose adapter is switched, else two, loaded when
/// they are first used.
/// </summary>
internal sealed class RecipeModels : IDisposable
{
    private readonly RecipeOptions _options;
    private readonly string _tunedFolder;
    private readonly ScalarType _productType;
    private CausalLanguageModel? _base;
    private CausalLanguageModel? _tuned;
    private AdapterSet? _adapters;

    /// <param name="options">The recipe.</param>
    /// <param name="folder">Its run.</param>
    public RecipeModels(RecipeOptions options, RunFolder folder)
    {
        TorchLibrary.Load();
        _options = options;
        _tunedFolder = folder.AdapterFolder;
        HasTuned = Directory.Exists(_tunedFolder);
        Config = ModelConfig.Load(options.Model.Base);
        Tokenizer = Tokenizer.Load(options.Model.Base);
        Stops = StopTokens.Of(options.Model.Base, Config, Tokenizer);
        _productType = ProductType.Choose(options.Model.DType).Type;
    }

    /// <summary>Whether there is a tuned model yet.</summary>
    public bool HasTuned { get; }

    /// <summary>The configuration of both.</summary>
    public ModelConfig Config { get; }

    /// <summary>The tokenizer of both.</summary>
    public Tokenizer Tokenizer { get; }

    /// <summary>The tokens that end a text.</summary>
    public IReadOnlyCollection<int> Stops { get; }

    /// <summary>One of the models; valid until the other is asked for.</summary>
    public CausalLanguageModel Use(bool tuned)
    {
        using var none = no_grad();
        if (_options.Adapter is null && tuned)
            return _tuned ??= CausalLanguageModel.Load(_tunedFolder, _productType);
        _base ??= LoadBase();
        if (_options.Adapter is not null && HasTuned)
        {
            _adapters ??= PeftFolder.Load(_tunedFolder, _base);
            _adapters.Enable(tuned);
        }

        return _base;
    }

    /// <summary>Gives the memory of the base model back, where the tuned one does not need it.</summary>
    public void ReleaseBase()
    {
        if (_options.Adapter is not null)
            return;
        _base?.Dispose();
        _base = null;
    }

    /// <summary>Continues texts by one of the models.</summary>
    public TextGenerator Generator(bool tuned) => new(Use(tuned), Tokenizer, Stops);

    /// <inheritdoc/>
    public void Dispose()
    {
        _adapters?.Dispose();
        _base?.Dispose();
        _tuned?.Dispose();
    }

    private CausalLanguageModel LoadBase() => _options.Model.Initialization == ModelInitialization.Random
        ? CausalLanguageModel.Random(Config, _options.Training.Seed, ScalarType.Float32, _productType)
        : CausalLanguageModel.Load(_options.Model.Base, _productType, TrainingSetup.StoredType(_options.Model.DType));
}
