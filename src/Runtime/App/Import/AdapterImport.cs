using FineTune.Keys;

namespace FineTune.App.Import;

/// <summary>The adapter, as far as it is LoRA.</summary>
internal static class AdapterImport
{
    public static void Convert(ImportContext context)
    {
        var kind = context.Tool switch
        {
            ConfigurationTool.Axolotl => context.Text("adapter"),
            ConfigurationTool.LlamaFactory => context.Text("finetuning_type") ?? "lora",
            ConfigurationTool.Trl => context.IsOn("use_peft") ? "lora" : null,
            _ => "lora",
        };
        if (kind == "qlora")
            context.Notes.Miss("base weights are not quantized, so that 'qlora' becomes LoRA on 16- or 32-bit weights; the memory is that of those.");
        else if (kind is not (null or "lora" or "full"))
            context.Notes.Miss($"'{kind}' has no equivalent; all weights are trained.");
        if (kind is not ("lora" or "qlora"))
            return;
        context.Set(AdapterKeys.Kind, "lora");
        ConvertTargets(context);
        ConvertInitialization(context);
        SettingImport.ApplyDefaults(context, ImportDefaults.OfAdapter(context.Tool));
        if (context.Tool == ConfigurationTool.LlamaFactory && context.Root["lora_alpha"] is null or { IsNothing: true })
            context.Set(AdapterKeys.Alpha, new KeyValue.Number(2 * (context.Root["lora_rank"]?.Number ?? 8)));
    }

    private static void ConvertTargets(ImportContext context)
    {
        var targets = context.Take("lora_target_modules") ?? context.Take("lora_target") ?? context.Take("target_modules");
        var isAll = context.IsOn("lora_target_linear") || targets?.Names is null or [] or ["all"] or ["all-linear"];
        var isPeft = context.Tool == ConfigurationTool.Peft;
        // PEFT takes one text for a regular expression of whole paths.
        if (isPeft && !isAll && targets is { Text: { } pattern } && context.TrySet(AdapterKeys.TargetPattern, new KeyValue.Text(pattern), out _))
            isAll = true;
        // PEFT writes all its settings, also those of what is off.
        if (isPeft && context.Root["use_qalora"] is null or { IsNothing: true })
            context.Leave("qalora_group_size");
        if (isPeft && context.Root["exclude_modules"] is { Text: { Length: > 0 } excluded })
        {
            context.Take("exclude_modules");
            context.SetOrMiss("exclude_modules", AdapterKeys.ExcludePattern, new KeyValue.Text(excluded));
        }

        if (!isAll && !context.TrySet(AdapterKeys.Targets, new KeyValue.List(new(targets!.Names)), out var problem))
            context.Notes.Miss($"the targets {string.Join(", ", targets.Names)}, so that all linear layers are adapted: {problem}");
        if (isPeft && targets is null or { IsNothing: true })
            context.Notes.Assume("all linear layers are adapted, as the configuration names no target_modules.");
    }

    private static void ConvertInitialization(ImportContext context)
    {
        var name = context.Root["init_lora_weights"] is not null ? "init_lora_weights" : "peft_init_lora_weights";
        // With a number of steps it is an approximation, which is not needed here.
        if (context.IsOn("pissa_init") || context.Root[name]?.Text?.StartsWith("pissa", StringComparison.Ordinal) == true)
        {
            context.Take(name);
            context.Set(AdapterKeys.Initialization, "pissa");
        }
        else if (context.Root[name] is { Text: "false" })
        {
            context.Take(name);
            context.Notes.Miss($"'{name}: false', by which neither factor is 0 and the adapted model begins with another answer; 'orthogonal' in adapter.initialization comes nearest.");
        }
    }
}
