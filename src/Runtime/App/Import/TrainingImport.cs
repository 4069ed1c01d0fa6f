using FineTune.Keys;

namespace FineTune.App.Import;

/// <summary>Steps, batches, the optimizer, and the learning rate's course.</summary>
internal static class TrainingImport
{
    // What has a state of 8 bits or lives elsewhere in memory is the same optimizer.
    private static readonly string[] Families = ["lion", "rmsprop", "adafactor", "adagrad"];

    private static readonly string[] PlainAdamW = ["adamw_torch_xla", "adamw_torch_npu_fused", "adamw_apex_fused"];

    public static void Convert(ImportContext context)
    {
        var rows = context.Root["micro_batch_size"]?.Number;
        if (context.Tool == ConfigurationTool.Axolotl && context.Number("batch_size") is { } total && rows is > 0 && context.Root["gradient_accumulation_steps"] is null)
            context.Set(TrainingKeys.GradientAccumulation, new KeyValue.Integer((int)Math.Max(1, total / rows.Value)));
        // What the tools take for no limit.
        if (context.Root["max_steps"]?.Number is <= 0)
            context.Take("max_steps");
        if (context.IsOn("use_dft_loss"))
            context.Set(TrainingKeys.LossType, "dft");
        ConvertOptimizer(context);
        ConvertSchedule(context);
        CadenceImport.Convert(context);
    }

    private static void ConvertOptimizer(ImportContext context)
    {
        var optimizer = context.IsOn("use_muon") ? "muon" : context.Text("optimizer") ?? context.Text("optim");
        if (optimizer is null || context.TrySet(TrainingKeys.Optimizer, new KeyValue.Text(ImportedValue.Choice(TrainingKeys.Optimizer, optimizer)), out _))
            return;
        var family = Families.FirstOrDefault(name => optimizer.Contains(name, StringComparison.OrdinalIgnoreCase));
        if (family is not null)
            context.Set(TrainingKeys.Optimizer, family);
        if (!PlainAdamW.Contains(optimizer))
            context.Notes.Miss($"the optimizer {optimizer}; {family ?? "AdamW"} takes its place.");
    }

    private static void ConvertSchedule(ImportContext context)
    {
        // Where both are given, the number of steps counts.
        var (steps, ratio) = (context.Number("warmup_steps"), context.Number("warmup_ratio"));
        if ((steps is > 0 ? steps : ratio) is { } warmup and > 0)
            context.SetOrMiss("warmup_steps", TrainingKeys.WarmupSteps, new KeyValue.Number(warmup));
        var name = context.Root["lr_scheduler"] is not null ? "lr_scheduler" : "lr_scheduler_type";
        if (context.Number("cosine_min_lr_ratio") is { } minimum and > 0)
        {
            context.Take(name);
            context.Set(TrainingKeys.MinLrRate, new KeyValue.Number(minimum));
            context.Set(TrainingKeys.Schedule, "cosine_with_min_lr");
        }

        foreach (var (setting, value) in context.Take("lr_scheduler_kwargs")?.Entries ?? [])
        {
            if (setting == "min_lr_rate" && value.Number is { } rate)
                context.SetOrMiss("min_lr_rate", TrainingKeys.MinLrRate, new KeyValue.Number(rate));
            else if (setting == "min_lr" && value.Number is { } least && context.Root["learning_rate"]?.Number is { } peak and > 0)
                context.SetOrMiss("min_lr", TrainingKeys.MinLrRate, new KeyValue.Number(Math.Round(least / peak, 6)));
            else if (!value.IsNothing)
                context.Notes.Miss($"'{setting}' of 'lr_scheduler_kwargs'; the schedules have no such setting here.");
        }

        if (context.Settings.Effective(TrainingKeys.Optimizer) is KeyValue.Text { Value: "schedule_free_adamw" } && context.Root[name]?.Text is not ("constant" or "constant_with_warmup"))
        {
            context.Take(name);
            context.Set(TrainingKeys.Schedule, context.Settings.TryGet(TrainingKeys.WarmupSteps, out _) ? "constant_with_warmup" : "constant");
            context.Notes.Assume("the learning rate is constant, as the schedule-free optimizer needs no falling one.");
        }
    }
}
