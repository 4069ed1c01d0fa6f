using System.Text.Json;
using FineTune.Models;
using FineTune.Recipes;

namespace FineTune.Adapters;

/// <summary>Reads <c>adapter_config.json</c> of a plain LoRA adapter, and refuses what would change its meaning.</summary>
internal sealed class PeftConfigReader(JsonSettings json, JsonElement root)
{
    // Settings that another value than these would need code that is not there; ignoring them would compute something else.
    private static readonly (string Key, string Neutral)[] Neutral =
    [
        ("bias", "\"none\""), ("fan_in_fan_out", "false"), ("use_dora", "false"), ("lora_bias", "false"), ("use_qalora", "false"),
        ("use_bdlora", "null"), ("modules_to_save", "null"), ("layers_to_transform", "null"), ("layer_replication", "null"),
        ("target_parameters", "null"), ("trainable_token_indices", "null"), ("exclude_modules", "null"), ("alora_invocation_tokens", "null"),
        ("rank_pattern", "{}"), ("alpha_pattern", "{}"),
    ];

    /// <exception cref="FineTuneException">FT5403: another kind of adapter, or a setting that is not supported.</exception>
    public LoraOptions Read()
    {
        if (json.String("peft_type", "") is not "LORA" and var kind)
            throw new FineTuneException("FT5403", $"Adapters of type '{kind}' are not supported. Supported: LORA.", json.Path);
        foreach (var (key, neutral) in Neutral)
        {
            if (root.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null && value.GetRawText() is var text
                && text != neutral && !(neutral == "{}" && value.ValueKind == JsonValueKind.Object && !value.EnumerateObject().Any())
                && !(neutral == "null" && value.ValueKind == JsonValueKind.False))
                throw new FineTuneException("FT5403", $"The adapter's setting '{key}': {text} is not supported.", json.Path);
        }

        // PiSSA, OLoRA and their kind put the adapter on a residual of the base, which the folder does not hold.
        if (root.TryGetProperty("init_lora_weights", out var initial) && initial.ValueKind == JsonValueKind.String && initial.GetString() is not ("gaussian" or "eva" or "orthogonal"))
            throw new FineTuneException("FT5403", $"The adapter's setting 'init_lora_weights': {initial.GetRawText()} is not supported.", json.Path);
        return new LoraOptions
        {
            Rank = json.Positive("r", 8),
            Alpha = json.Number("lora_alpha", 8),
            Dropout = json.Number("lora_dropout", 0),
            UseRslora = json.Boolean("use_rslora", false),
            Targets = Targets(),
        };
    }

    private IReadOnlyList<string> Targets()
    {
        if (!root.TryGetProperty("target_modules", out var value) || value.ValueKind is not (JsonValueKind.String or JsonValueKind.Array))
            throw new FineTuneException("FT5403", "The adapter names no target_modules.", json.Path);
        if (value.ValueKind == JsonValueKind.Array)
            return json.Strings("target_modules");
        return value.GetString()!.Equals("all-linear", StringComparison.OrdinalIgnoreCase)
            ? ["all-linear"]
            : throw new FineTuneException("FT5403", $"target_modules as a pattern ({value.GetRawText()}) is not supported; a list of names is.", json.Path);
    }
}
