using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using FineTune.Recipes;

namespace FineTune.Adapters;

/// <summary>Writes <c>adapter_config.json</c> as PEFT does: all settings of its LoRA, sorted.</summary>
internal static class PeftConfigWriter
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // What PEFT's configuration has besides, at the values under which it does nothing.
    private static readonly string[] Unused =
    [
        "alora_invocation_tokens", "arrow_config", "auto_mapping", "corda_config", "eva_config", "kasa_config", "layer_replication", "lora_ga_config",
        "megatron_config", "monteclora_config", "revision", "target_parameters", "trainable_token_indices", "use_bdlora", "velora_config",
    ];

    /// <summary>The file's text.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="adapted">The adapted modules' paths: <c>all-linear</c> is written as what it meant.</param>
    /// <param name="baseModel">What the folder names as its base.</param>
    /// <param name="classifier">Whether the base is a sequence classifier.</param>
    public static string Write(LoraOptions options, IEnumerable<string> adapted, string baseModel, bool classifier)
    {
        var targets = options.Targets is ["all-linear"] ? adapted.Select(path => path[(path.LastIndexOf('.') + 1)..]).Distinct() : options.Targets;
        var settings = new SortedDictionary<string, JsonNode?>(StringComparer.Ordinal)
        {
            ["alpha_pattern"] = Numbers(options.AlphaPattern),
            ["base_model_name_or_path"] = baseModel,
            ["bias"] = options.Bias switch { LoraBiases.All => "all", LoraBiases.LoraOnly => "lora_only", _ => "none" },
            ["ensure_weight_tying"] = options.EnsureWeightTying,
            ["exclude_modules"] = options.ExcludePattern is { } excluded ? excluded : List(options.ExcludeModules),
            ["fan_in_fan_out"] = false,
            ["inference_mode"] = true,
            ["init_lora_weights"] = Initialization(options.Initialization),
            ["layers_pattern"] = List(options.LayersPattern),
            ["layers_to_transform"] = options.LayersToTransform.Count == 0 ? null : new JsonArray([.. options.LayersToTransform.Select(layer => JsonValue.Create(layer))]),
            ["loftq_config"] = new JsonObject(),
            ["lora_alpha"] = options.Alpha,
            ["lora_bias"] = options.LoraBias,
            ["lora_dropout"] = options.Dropout,
            ["megatron_core"] = "megatron.core",
            ["modules_to_save"] = List(options.ModulesToSave),
            ["peft_type"] = "LORA",
            ["qalora_group_size"] = 16,
            ["r"] = options.Rank,
            ["rank_pattern"] = Numbers(options.RankPattern),
            ["target_modules"] = options.TargetPattern is { } pattern ? pattern : List([.. targets.Order(StringComparer.Ordinal)]),
            ["task_type"] = classifier ? "SEQ_CLS" : "CAUSAL_LM",
            ["use_dora"] = options.UseDora,
            ["use_qalora"] = false,
            ["use_rslora"] = options.UseRslora,
        };
        foreach (var key in Unused)
            settings[key] = null;
        return new JsonObject(settings).ToJsonString(Json) + "\n";
    }

    private static JsonNode Initialization(LoraInitialization kind) => kind switch
    {
        LoraInitialization.Gaussian => "gaussian",
        LoraInitialization.Orthogonal => "orthogonal",
        LoraInitialization.Pissa => "pissa",
        LoraInitialization.Olora => "olora",
        _ => true,
    };

    private static JsonArray? List(IReadOnlyList<string> names) => names.Count == 0 ? null : new JsonArray([.. names.Select(name => JsonValue.Create(name))]);

    private static JsonObject Numbers(IReadOnlyList<KeyValuePair<string, double>> entries) =>
        new(entries.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)JsonValue.Create(entry.Value))));
}
