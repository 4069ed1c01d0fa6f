using FineTune.Models;
using FineTune.Recipes;

namespace FineTune.Adapters;

/// <summary>
/// Which modules an adapter's settings mean, as PEFT decides it (<c>check_target_module_exists</c>), and the rank and scale of each.
/// </summary>
internal sealed class ModuleSelection
{
    private const string AllLinear = "all-linear";

    // What the heads of classifiers are called.
    private static readonly string[] ClassifierHeads = ["classifier", ModelShape.Score];

    private readonly IReadOnlyList<string> _given;
    private readonly LoraOptions _options;
    private readonly IReadOnlyList<ModelModule> _modules;
    private readonly ModulePattern? _target;
    private readonly ModulePattern? _excluded;
    private readonly IReadOnlyList<ModulePattern> _layers;
    private readonly IReadOnlyList<(ModulePattern Pattern, double Value)> _ranks;
    private readonly IReadOnlyList<(ModulePattern Pattern, double Value)> _alphas;

    /// <param name="options">The settings.</param>
    /// <param name="modules">All modules of the model.</param>
    /// <exception cref="FineTuneException">FT5210: a pattern is no regular expression.</exception>
    public ModuleSelection(LoraOptions options, IReadOnlyList<ModelModule> modules)
    {
        // As PEFT does for classifiers: their head is new, and trained whole.
        IsClassifier = modules.Any(module => module.Path == ModelShape.Score);
        _given = options.ModulesToSave;
        if (IsClassifier)
            options = options with { ModulesToSave = [.. options.ModulesToSave.Union(ClassifierHeads)] };
        (_options, _modules) = (options, modules);
        _target = options.TargetPattern is { } target ? ModulePattern.OfPath(target, "adapter.target_pattern") : null;
        _excluded = options.ExcludePattern is { } excluded ? ModulePattern.OfPath(excluded, "adapter.exclude_pattern") : null;
        _layers = options.LayersPattern.Count == 0
            ? [ModulePattern.OfLayer(@"^.*?\.[^.]*\.(\d+)\.", "adapter.layers_to_transform")]
            : [.. options.LayersPattern.Select(pattern => ModulePattern.OfLayer($@"^.*\.{pattern}\.(\d+)\.", "adapter.layers_pattern"))];
        _ranks = [.. options.RankPattern.Select(entry => (ModulePattern.OfEnd(entry.Key, "adapter.rank_pattern"), entry.Value))];
        _alphas = [.. options.AlphaPattern.Select(entry => (ModulePattern.OfEnd(entry.Key, "adapter.alpha_pattern"), entry.Value))];
    }

    /// <summary>Whether the model is a sequence classifier.</summary>
    public bool IsClassifier { get; }

    /// <summary>The settings, with what a classifier adds to them.</summary>
    public LoraOptions Options => _options;

    private bool MeansAllLinear => _target is null && _options.Targets is [var only] && only.Equals(AllLinear, StringComparison.OrdinalIgnoreCase);

    /// <summary>The modules to adapt, linear layers and the embedding, in the model's order.</summary>
    /// <exception cref="FineTuneException">FT5401: a target means no module, or one that has no weight to adapt. FT5211: no module is left.</exception>
    public IReadOnlyList<ModelModule> Adapted()
    {
        CheckTargets();
        var found = _modules.Where(module => IsTarget(module) && !IsExcluded(module.Path)).ToList();
        if (found.FirstOrDefault(module => module.Kind is ModuleKind.Container or ModuleKind.Norm) is { } other)
            throw new FineTuneException("FT5401", $"'{other.Path}' is no linear layer and no embedding. {Known()}", "adapter.targets");
        return found.Count > 0 ? found : throw new FineTuneException("FT5211", "No module is left to adapt: exclude_modules, layers_to_transform or "
            + "modules_to_save take all that the targets mean.", "adapter");
    }

    /// <summary>The modules that are trained whole, containers included: their paths end with one of the names, without regard to dots.</summary>
    public IReadOnlyList<ModelModule> Saved() =>
        [.. _modules.Where(module => _options.ModulesToSave.Any(name => module.Path.EndsWith(name, StringComparison.Ordinal)))];

    /// <summary>The names of the weights that these modules hold.</summary>
    public IReadOnlyList<string> SavedWeights()
    {
        var saved = Saved();
        return [.. _modules.Where(module => saved.Any(whole => IsWithin(module.Path, whole.Path))).SelectMany(module => module.Weights)];
    }

    /// <summary>The weights that are biases to be trained, by the settings' <see cref="LoraOptions.Bias"/>, of modules that are not trained whole.</summary>
    public IReadOnlyList<string> Biases()
    {
        if (_options.Bias == LoraBiases.None)
            return [];
        var saved = SavedWeights().ToHashSet();
        var from = _options.Bias == LoraBiases.All ? _modules : Adapted();
        return [.. from.Where(module => module.Bias).Select(module => $"{module.Path}.bias").Where(name => !saved.Contains(name))];
    }

    /// <summary>The rank of a module.</summary>
    public int Rank(string path) => (int)First(_ranks, path, _options.Rank);

    /// <summary>What a module's update is scaled by.</summary>
    public double Scale(string path)
    {
        var (rank, alpha) = (Rank(path), First(_alphas, path, _options.Alpha));
        return _options.UseRslora ? alpha / Math.Sqrt(rank) : alpha / rank;
    }

    /// <summary>Refuses settings that say something and do nothing: in a recipe they are mistakes.</summary>
    /// <exception cref="FineTuneException">FT5212: a name or a pattern means nothing in this model.</exception>
    public void CheckUse()
    {
        var targets = _modules.Where(IsTarget).ToList();
        foreach (var name in _options.ExcludeModules.Where(name => !targets.Any(module => IsNamed(module.Path, name))))
            throw Unused("adapter.exclude_modules", $"'{name}' excludes nothing: none of the targets has this name");
        if (_options.ExcludePattern is { } pattern && !targets.Any(module => _excluded!.Matches(module.Path)))
            throw Unused("adapter.exclude_pattern", $"'{pattern}' excludes nothing: it matches the whole path of no target");
        foreach (var name in _given.Where(name => !_modules.Any(module => module.Path.EndsWith(name, StringComparison.Ordinal))))
            throw Unused("adapter.modules_to_save", $"No module's path ends with '{name}'");
        var layers = _modules.Select(module => LayerOf(module.Path)).OfType<int>().ToHashSet();
        foreach (var layer in _options.LayersToTransform.Where(layer => !layers.Contains(layer)))
            throw Unused("adapter.layers_to_transform", $"The model has no block {layer}: they are numbered from 0 to {layers.DefaultIfEmpty().Max()}");
        var adapted = Adapted();
        foreach (var (key, entries, values) in new[] { ("rank_pattern", _options.RankPattern, _ranks), ("alpha_pattern", _options.AlphaPattern, _alphas) })
        {
            foreach (var (entry, value) in entries.Zip(values))
            {
                if (!adapted.Any(module => value.Pattern.Matches(module.Path)))
                    throw Unused($"adapter.{key}", $"'{entry.Key}' matches no adapted module");
            }
        }

        if (_options.Bias != LoraBiases.None && Biases().Count == 0)
            throw Unused("adapter.bias", _options.Bias == LoraBiases.All ? "The model has no biases to train" : "The adapted layers have no biases to train");
    }

    private FineTuneException Unused(string place, string what) => new("FT5212", $"{what}. {Known()}", place);

    private string Known()
    {
        var names = _modules.Where(module => module.Kind != ModuleKind.Container).Select(module => module.Name).Distinct();
        return $"The model's modules are {string.Join(", ", names)}; '{AllLinear}' means all linear layers but the output head.";
    }

    // Each target must mean something: one that is misspelt would silently adapt less.
    private void CheckTargets()
    {
        if (MeansAllLinear)
            return;
        if (_target is not null)
        {
            if (!_modules.Any(module => _target.Matches(module.Path)))
                throw new FineTuneException("FT5401", $"The pattern '{_options.TargetPattern}' matches the whole path of no module. {Known()}", "adapter.target_pattern");
            return;
        }

        if (_options.Targets.Count == 0)
            throw new FineTuneException("FT5401", $"No targets are named. {Known()}", "adapter.targets");
        if (_options.Targets.FirstOrDefault(target => !_modules.Any(module => IsNamed(module.Path, target))) is { } unmatched)
            throw new FineTuneException("FT5401", $"The target '{unmatched}' is no module of the model. {Known()}", "adapter.targets");
    }

    private bool IsTarget(ModelModule module)
    {
        if (MeansAllLinear)
            return module.Kind == ModuleKind.Linear && module.Path is not (ModelShape.Head or ModelShape.Score) && InLayers(module.Path);
        if (_target is not null)
            return _target.Matches(module.Path);
        // A whole path says exactly what it means, whatever the layers.
        return _options.Targets.Contains(module.Path)
            || (_options.Targets.Any(target => IsNamed(module.Path, target)) && InLayers(module.Path));
    }

    private bool IsExcluded(string path) =>
        _options.ExcludeModules.Any(name => IsNamed(path, name)) || _excluded?.Matches(path) == true
        || _options.ModulesToSave.Any(name => Array.Exists(Suffixes(path), part => part == name || part.StartsWith(name + ".", StringComparison.Ordinal)));

    private bool InLayers(string path) => _options.LayersToTransform.Count == 0 || (LayerOf(path) is { } layer && _options.LayersToTransform.Contains(layer));

    private int? LayerOf(string path) => _layers.Select(pattern => pattern.Number(path)).FirstOrDefault(number => number is not null);

    private static double First(IReadOnlyList<(ModulePattern Pattern, double Value)> entries, string path, double otherwise)
    {
        foreach (var (pattern, value) in entries)
        {
            if (pattern.Matches(path))
                return value;
        }

        return otherwise;
    }

    private static bool IsNamed(string path, string name) => path == name || path.EndsWith("." + name, StringComparison.Ordinal);

    private static bool IsWithin(string path, string whole) => path == whole || path.StartsWith(whole + ".", StringComparison.Ordinal);

    // The path from each of its parts on.
    private static string[] Suffixes(string path)
    {
        var parts = path.Split('.');
        return [.. Enumerable.Range(0, parts.Length).Select(i => string.Join('.', parts[i..]))];
    }
}
