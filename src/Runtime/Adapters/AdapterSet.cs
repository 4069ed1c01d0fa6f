using FineTune.Models;
using FineTune.Recipes;
using static TorchSharp.torch;

namespace FineTune.Adapters;

/// <summary>The LoRA adapter of one model: its factors in all adapted layers, and the weights that it trains whole.</summary>
internal sealed class AdapterSet : IDisposable
{
    private readonly CausalLanguageModel _model;
    private readonly ModuleSelection _selection;
    private readonly List<(ModelModule Module, LoraAdapter Adapter)> _adapters = [];
    private readonly List<(Parameter Base, Parameter Copy, bool IsBias)> _copies = [];
    private readonly Dictionary<string, (Tensor A, Tensor B)> _taken = [];

    private AdapterSet(CausalLanguageModel model, LoraOptions options)
    {
        _model = model;
        Modules = ModelShape.Modules(model.Config);
        _selection = new ModuleSelection(options, Modules);
        Options = _selection.Options;
    }

    /// <summary>What the adapter was made with.</summary>
    public LoraOptions Options { get; }

    /// <summary>All modules of the model.</summary>
    public IReadOnlyList<ModelModule> Modules { get; }

    /// <summary>The model.</summary>
    public CausalLanguageModel Model => _model;

    /// <summary>The adapted modules and their factors, in the model's order.</summary>
    public IReadOnlyList<(ModelModule Module, LoraAdapter Adapter)> Adapters => _adapters;

    /// <summary>The factors that PiSSA or OLoRA took from the base, by module path: of a fresh adapter only.</summary>
    public IReadOnlyDictionary<string, (Tensor A, Tensor B)> Taken => _taken;

    /// <summary>All that is trained, under the names that PEFT gives it.</summary>
    public IEnumerable<Parameter> Parameters => _adapters.SelectMany(pair => pair.Adapter.Parameters).Concat(_copies.Select(pair => pair.Copy));

    /// <summary>Makes a fresh adapter, which changes nothing yet.</summary>
    /// <exception cref="FineTuneException">FT5401, FT5210 to FT5214: the settings do not fit the model.</exception>
    public static AdapterSet Create(CausalLanguageModel model, LoraOptions options, int seed)
    {
        using var none = no_grad();
        using var generator = new Generator((ulong)seed);
        var modules = ModelShape.Modules(model.Config);
        var selection = new ModuleSelection(options, modules);
        selection.CheckUse();
        // The two copies of a factor would get a gradient each and drift apart.
        if (options.EnsureWeightTying && model.HeadIsTied && selection.Adapted().Any(module => module.Kind == ModuleKind.Embedding || module.Path == ModelShape.Head))
        {
            throw new FineTuneException("FT5213", "A low-rank update of a tied embedding cannot be trained as one. Name the embedding in adapter.modules_to_save "
                + "instead of the targets, or leave ensure_weight_tying out, so that the output head becomes a weight of its own.", "adapter.ensure_weight_tying");
        }

        return Attach(model, options, new AdapterInitialization(options.Initialization, generator).Value, fresh: true);
    }

    /// <summary>Attaches an adapter with given values.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">The settings.</param>
    /// <param name="value">Gives the tensor of each part; for each module first A.</param>
    /// <param name="fresh">Whether training begins with it: what an initialization takes from the base is the adapter's first value.</param>
    public static AdapterSet Attach(CausalLanguageModel model, LoraOptions options, Func<AdapterPart, Tensor> value, bool fresh = false)
    {
        var set = new AdapterSet(model, options);
        try
        {
            set.Attach(value, fresh);
            return set;
        }
        catch
        {
            set.Dispose();
            throw;
        }
    }

    /// <summary>Switches the adapter on or off; off, the model is the base (of PiSSA and OLoRA: what they leave of it).</summary>
    /// <param name="enabled">Whether it is on.</param>
    /// <param name="keepBiases">Whether trained biases stay when it is off, as they do in PEFT.</param>
    public void Enable(bool enabled, bool keepBiases = false)
    {
        _adapters.ForEach(pair => pair.Adapter.Enabled = enabled);
        foreach (var (original, copy, isBias) in _copies)
            original.Substitute = enabled || (isBias && keepBiases) ? copy : null;
    }

    /// <summary>Every weight that a merge changes, with its merged value in fp32; the adapter must be off.</summary>
    public IEnumerable<(string Name, Parameter Weight, Tensor Merged)> Merged()
    {
        foreach (var (original, copy, _) in _copies)
            yield return (original.Name, original, copy.Value.clone());
        foreach (var (module, adapter) in _adapters)
        {
            // A tied head that is adapted as the embedding is has its update already.
            if (module.Path == ModelShape.Head && _model.HeadIsTied)
                continue;
            var weight = WeightOf(module);
            yield return (weight.Name, weight, adapter.Merged(weight.Value));
            if (adapter.Bias is not { } loraBias)
                continue;
            var bias = LayerOf(module).Bias ?? throw new FineTuneException("FT5215", $"The adapter has a bias for '{module.Path}', which has none to merge it into. "
                + "Use the adapter with its base model.");
            var trained = _copies.Where(pair => pair.Base == bias).Select(pair => pair.Copy).FirstOrDefault() ?? bias;
            yield return (bias.Name, bias, trained.Value.to(ScalarType.Float32) + loraBias.Value * adapter.Scale);
        }
    }

    /// <summary>Puts the merged values into the model's weights, and detaches the adapter.</summary>
    /// <exception cref="FineTuneException">FT5402: a merged weight is not finite. FT5215: there is no bias to merge one into.</exception>
    public void Merge()
    {
        using var none = no_grad();
        Enable(false);
        foreach (var (name, weight, merged) in Merged())
        {
            using (merged)
            {
                using var finite = merged.isfinite().all();
                if (!finite.item<bool>())
                    throw new FineTuneException("FT5402", $"The merged weight '{name}' has values that are not finite; the adapter is damaged.");
                weight.Replace(merged.to(weight.Value.dtype, copy: true));
            }
        }

        Detach();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Detach();
        foreach (var (_, adapter) in _adapters)
            adapter.Dispose();
        foreach (var (_, copy, _) in _copies)
            copy.Dispose();
        foreach (var (a, b) in _taken.Values)
        {
            a.Dispose();
            b.Dispose();
        }
    }

    private void Attach(Func<AdapterPart, Tensor> value, bool fresh)
    {
        var adapted = _selection.Adapted().ToList();
        var saved = _selection.SavedWeights();
        Tie(adapted, saved);
        foreach (var module in adapted)
            _adapters.Add((module, AttachTo(module, value, fresh)));
        foreach (var name in saved.Concat(_selection.Biases()))
        {
            if (!_model.Parameters.TryGetValue(name, out var original))
                continue; // A tied head: it is the embedding.
            var module = Modules.First(module => module.Weights.Contains(name));
            var part = new AdapterPart(NameOfCopy(name, module, adapted), AdapterPartKind.Copy, original.Value.shape, module, original.Value);
            var copy = New(part, value);
            original.Substitute = copy;
            _copies.Add((original, copy, IsBias: !saved.Contains(name)));
        }
    }

    // What happens to one of two tied weights happens to the other, or they are tied no longer.
    private void Tie(List<ModelModule> adapted, IReadOnlyList<string> saved)
    {
        if (!_model.HeadIsTied)
            return;
        var embedding = adapted.Exists(module => module.Kind == ModuleKind.Embedding);
        var head = adapted.Exists(module => module.Path == ModelShape.Head);
        if (!embedding && !head && !saved.Contains(_model.Embedding.Name) && !saved.Contains($"{ModelShape.Head}.weight"))
            return;
        if (!Options.EnsureWeightTying)
            _model.UntieHead();
        else if (embedding && !head)
            adapted.Add(Modules.First(module => module.Path == ModelShape.Head));
    }

    private LoraAdapter AttachTo(ModelModule module, Func<AdapterPart, Tensor> value, bool fresh)
    {
        using var none = no_grad();
        var (rank, scale, weight) = (_selection.Rank(module.Path), _selection.Scale(module.Path), WeightOf(module));
        var onEmbedding = module.Kind == ModuleKind.Embedding;
        var (width, height) = onEmbedding ? (module.Rows, module.Columns) : (module.Columns, module.Rows);
        var (a, b) = onEmbedding ? ("lora_embedding_A", "lora_embedding_B") : ("lora_A.weight", "lora_B.weight");
        var takes = AdapterInitialization.TakesFromBase(Options.Initialization) && !onEmbedding;
        if (takes)
        {
            if (rank > Math.Min(width, height))
                throw new FineTuneException("FT5214", $"'{module.Path}' is {height} by {width}: there are no {rank} parts to take from it. Lower the rank.", "adapter.rank");
            var (takenA, takenB) = AdapterInitialization.Take(Options.Initialization, weight.Value, rank, scale);
            _taken[module.Path] = (takenA.DetachFromDisposeScope(), takenB.DetachFromDisposeScope());
        }

        Parameter Make(string name, AdapterPartKind kind, params long[] shape) =>
            New(new AdapterPart($"base_model.model.{module.Path}.{name}", kind, shape, module, weight.Value), OrTaken);
        Tensor OrTaken(AdapterPart part) => !takes || !fresh || part.Kind is not (AdapterPartKind.A or AdapterPartKind.B) ? value(part)
            : part.Kind == AdapterPartKind.A ? _taken[module.Path].A.clone() : _taken[module.Path].B.clone();
        var adapter = new LoraAdapter(Make(a, AdapterPartKind.A, rank, width), Make(b, AdapterPartKind.B, height, rank), scale, onEmbedding ? 0 : Options.Dropout)
        {
            OnEmbedding = onEmbedding,
            Bias = Options.LoraBias && !onEmbedding ? Make("lora_B.bias", AdapterPartKind.LoraBias, height) : null,
            Magnitude = Options.UseDora ? Make("lora_magnitude_vector", AdapterPartKind.Magnitude, height) : null,
        };
        if (takes)
            Leave(weight, module.Path, scale, keep: fresh);
        if (onEmbedding)
            _model.Tokens.Adapter = adapter;
        else
            LayerOf(module).Adapter = adapter;
        return adapter;
    }

    // The base keeps what was not taken from it.
    private void Leave(Parameter weight, string path, double scale, bool keep)
    {
        using var scope = NewDisposeScope();
        var (a, b) = _taken[path];
        var type = weight.Value.dtype;
        weight.Replace(weight.Value.to(ScalarType.Float32).add(mm(b, a), alpha: -scale).to(type));
        if (keep)
            return;
        a.Dispose();
        b.Dispose();
        _taken.Remove(path);
    }

    private static Parameter New(AdapterPart part, Func<AdapterPart, Tensor> value)
    {
        var parameter = new Parameter(part.Name, value(part));
        parameter.Train();
        return parameter;
    }

    // An adapted layer's own weights lie one level deeper in PEFT.
    private static string NameOfCopy(string name, ModelModule module, List<ModelModule> adapted) =>
        $"base_model.model.{(adapted.Contains(module) ? name.Replace($"{module.Path}.", $"{module.Path}.base_layer.", StringComparison.Ordinal) : name)}";

    private Parameter WeightOf(ModelModule module) => module.Kind == ModuleKind.Embedding ? _model.Embedding : LayerOf(module).Weight;

    private LinearLayer LayerOf(ModelModule module) => _model.Linears.First(layer => layer.Path == module.Path);

    private void Detach()
    {
        foreach (var (module, _) in _adapters)
        {
            if (module.Kind == ModuleKind.Embedding)
                _model.Tokens.Adapter = null;
            else
                LayerOf(module).Adapter = null;
        }

        foreach (var (original, _, _) in _copies)
            original.Substitute = null;
    }
}
