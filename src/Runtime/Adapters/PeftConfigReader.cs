using System.Text.Json;
using FineTune.Models;
using FineTune.Recipes;

namespace FineTune.Adapters;

/// <summary>Reads <c>adapter_config.json</c> of a LoRA adapter, and refuses what would change its meaning.</summary>
/// <param name="json">The settings.</param>
/// <param name="root">The same as they stand in the file.</param>
/// <param name="modelType">The base model's type, such as <c>llama</c>, which decides the default targets.</param>
internal sealed class PeftConfigReader(JsonSettings json, JsonElement root, string modelType)
{
    // Settings that another value than these would need code that is not there; ignoring them would compute something else.
    private static readonly (string Key, string Neutral)[] Neutral =
    [
        ("fan_in_fan_out", "false"), ("use_qalora", "false"), ("use_bdlora", "null"), ("layer_replication", "null"), ("target_parameters", "null"),
        ("trainable_token_indices", "null"), ("alora_invocation_tokens", "null"), ("arrow_config", "null"), ("kasa_config", "null"),
        ("monteclora_config", "null"), ("velora_config", "null"),
    ];

    /// <exception cref="FineTuneException">FT5403: another kind of adapter, or a setting that is not supported or makes no sense.</exception>
    public LoraOptions Read()
    {
        if (json.String("peft_type", "") is not "LORA" and var kind)
            throw Refused($"Adapters of type '{kind}' are not supported. Supported: LORA.");
        foreach (var (key, neutral) in Neutral)
        {
            if (root.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null && value.GetRawText() is var text
                && text != neutral && !(neutral == "null" && value.ValueKind == JsonValueKind.False))
                throw Refused($"The adapter's setting '{key}': {text} is not supported.");
        }

        var (targets, targetPattern) = Targets();
        var (excluded, excludePattern) = NamesOrPattern("exclude_modules");
        var options = new LoraOptions
        {
            Rank = json.Positive("r", 8),
            Alpha = json.Number("lora_alpha", 8),
            Dropout = json.Number("lora_dropout", 0),
            UseRslora = json.Boolean("use_rslora", false),
            UseDora = json.Boolean("use_dora", false),
            LoraBias = json.Boolean("lora_bias", false),
            Initialization = Initialization(),
            Targets = targets,
            TargetPattern = targetPattern,
            ExcludeModules = excluded,
            ExcludePattern = excludePattern,
            LayersToTransform = json.Integers("layers_to_transform"),
            LayersPattern = Names("layers_pattern"),
            RankPattern = Numbers("rank_pattern"),
            AlphaPattern = Numbers("alpha_pattern"),
            Bias = Bias(),
            ModulesToSave = json.Strings("modules_to_save"),
            EnsureWeightTying = json.Boolean("ensure_weight_tying", false),
        };
        Check(options);
        return options;
    }

    private void Check(LoraOptions options)
    {
        if (options.Dropout is < 0 or >= 1)
            throw Refused($"'lora_dropout' must be from 0 to below 1, but is {options.Dropout}.");
        if (options.RankPattern.Any(entry => entry.Value < 1 || entry.Value % 1 != 0))
            throw Refused("The ranks of 'rank_pattern' must be whole and positive.");
        if (options.TargetPattern is not null && options.LayersToTransform.Count > 0)
            throw Refused("'layers_to_transform' does not go with 'target_modules' as a regular expression, which can say the layers itself.");
        if (options.LayersPattern.Count > 0 && options.LayersToTransform.Count == 0)
            throw Refused("'layers_pattern' means nothing without 'layers_to_transform'.");
        if (options is { UseDora: true, LoraBias: true })
            throw Refused("'lora_bias' does not go with 'use_dora'.");
        if (options.LoraBias && options.Initialization is not (LoraInitialization.Default or LoraInitialization.Gaussian))
            throw Refused("'lora_bias' does not go with this 'init_lora_weights'.");
    }

    private (IReadOnlyList<string> Names, string? Pattern) Targets()
    {
        if (!root.TryGetProperty("target_modules", out var value) || value.ValueKind == JsonValueKind.Null)
        {
            var names = DefaultTargets.Of(modelType) ?? throw Refused($"The adapter names no 'target_modules', and there are no default ones for models of type '{modelType}'.");
            return (names, null);
        }

        return value.ValueKind == JsonValueKind.String && value.GetString()!.Equals("all-linear", StringComparison.OrdinalIgnoreCase)
            ? (["all-linear"], null)
            : NamesOrPattern("target_modules");
    }

    // PEFT takes one text as a regular expression, and a list as names.
    private (IReadOnlyList<string> Names, string? Pattern) NamesOrPattern(string key) =>
        root.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? ([], value.GetString()) : (json.Strings(key), null);

    private IReadOnlyList<string> Names(string key) =>
        root.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? [value.GetString()!] : json.Strings(key);

    private IReadOnlyList<KeyValuePair<string, double>> Numbers(string key)
    {
        if (!root.TryGetProperty(key, out var value) || value.ValueKind == JsonValueKind.Null)
            return [];
        if (value.ValueKind != JsonValueKind.Object || value.EnumerateObject().Any(entry => entry.Value.ValueKind != JsonValueKind.Number))
            throw Refused($"'{key}' must be a mapping of regular expressions to numbers.");
        return [.. value.EnumerateObject().Select(entry => KeyValuePair.Create(entry.Name, entry.Value.GetDouble()))];
    }

    private LoraBiases Bias() => json.String("bias", "none") switch
    {
        "none" => LoraBiases.None,
        "all" => LoraBiases.All,
        "lora_only" => LoraBiases.LoraOnly,
        var other => throw Refused($"The adapter's setting 'bias': {other} is not known. Known: none, all, lora_only."),
    };

    // Once there are values, only those that took something from the base matter: the folder does not hold what they left of it.
    private LoraInitialization Initialization()
    {
        if (!root.TryGetProperty("init_lora_weights", out var value) || value.ValueKind is JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null)
            return LoraInitialization.Default;
        return (value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText()) switch
        {
            "gaussian" => LoraInitialization.Gaussian,
            "eva" or "lora_ga" => LoraInitialization.Default,
            "orthogonal" => LoraInitialization.Orthogonal,
            "pissa" => LoraInitialization.Pissa,
            "olora" => LoraInitialization.Olora,
            var other => throw Refused($"The adapter's setting 'init_lora_weights': {other} is not supported. Supported: true, gaussian, orthogonal, pissa, olora, eva."),
        };
    }

    private FineTuneException Refused(string message) => new("FT5403", message, json.Path);
}
