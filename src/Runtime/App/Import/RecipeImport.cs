using FineTune.Keys;
using FineTune.Rules;

namespace FineTune.App.Import;

/// <summary>Turns a configuration of another tool into a recipe that trains the same.</summary>
internal static class RecipeImport
{
    /// <summary>Converts a configuration.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="source">Its file name.</param>
    /// <param name="name">The recipe's name.</param>
    /// <exception cref="FineTuneException">FT5043: it trains by a method that has no equivalent.</exception>
    public static ImportedRecipe Convert(ConfigurationFile configuration, string source, string name)
    {
        var context = new ImportContext(configuration, RecipeFileName.Stem(name));
        context.Set(RecipeKeys.Name, name);
        ConvertMethod(context, source);
        ModelImport.Convert(context);
        DataImport.Convert(context);
        AdapterImport.Convert(context);
        TrainingImport.Convert(context);
        foreach (var (key, value) in configuration.Root.Entries.Where(entry => entry.Key.Length > 0 && !context.IsTaken(entry.Key)))
            SettingImport.Convert(context, key, value);
        SettingImport.ApplyDefaults(context, ImportDefaults.Of(context.Tool, GrpoKeys.AreRead(context.Settings)));
        GrpoImport.CountPrompts(context);
        MeasureHeldOut(context);
        RemoveMistakes(context);
        return new ImportedRecipe(source, context.Tool, context.Settings, context.Notes, context.Files);
    }

    private static void ConvertMethod(ImportContext context, string source)
    {
        var (key, method) = context.Tool switch
        {
            ConfigurationTool.Axolotl => ("rl", context.Text("rl")),
            ConfigurationTool.LlamaFactory => ("stage", context.Text("stage")),
            ConfigurationTool.Peft => ("peft_type", context.Text("peft_type")),
            _ => ("loss_type", null),
        };
        if (method is not null && !(key == "stage" && method is "sft" or "pt") && !(key == "peft_type" && method == "LORA") && !(key == "rl" && method == "grpo"))
            throw NoEquivalent(key, method);
        // An adapter of a classifier or an encoder is one of another model.
        if (context.Tool == ConfigurationTool.Peft && context.Text("task_type") is { } task && task != "CAUSAL_LM")
            throw NoEquivalent("task_type", task);
        if (method == "pt")
            context.Set(TrainingKeys.Method, "pretrain");
        if (method == "grpo" || GrpoImport.IsMeant(context))
            GrpoImport.Convert(context);

        FineTuneException NoEquivalent(string name, string value) => new(
            "FT5043",
            $"'{name}: {value}' has no equivalent: recipes train by supervised fine-tuning, pretraining or GRPO, with LoRA or all weights. Nothing was written.", source);
    }

    // Other tools tell the loss of held-out rows at least at the end.
    private static void MeasureHeldOut(ImportContext context)
    {
        var settings = context.Settings;
        if ((settings.TryGet(DataKeys.Test, out _) || settings.TryGet(DataKeys.TestSize, out _))
            && !settings.TryGet(EvaluationKeys.Metrics, out _) && !settings.TryGet(TrainingKeys.EvalSteps, out _))
            context.Set(EvaluationKeys.Metrics, new KeyValue.List(new(["perplexity"])));
    }

    // What does not go together is told where it goes wrong, key by key, until nothing does.
    private static void RemoveMistakes(ImportContext context)
    {
        var settings = context.Settings;
        while (FirstMistake(settings) is var (key, problem) && key is { Required: false } && settings.TryGet(key, out var value))
        {
            settings.Remove(key);
            if (value != key.Default)
                context.Notes.Miss($"'{key}': {problem!.Message}");
        }

        foreach (var (rule, problem) in RecipeRules.Check(settings, KeySurface.Yaml, _ => true).Where(found => found.Rule.Severity == RuleSeverity.Warning))
            context.Notes.Assume($"'{rule.Key}' is as the configuration has it, although {problem.Code} warns: {problem.Message}");
    }

    private static (Key? Key, KeyProblem? Problem) FirstMistake(KeySettings settings)
    {
        var unread = KeyRules.Check(settings, KeySurface.Yaml).FirstOrDefault();
        if (unread.Key is not null)
            return unread;
        var (rule, problem) = RecipeRules.Check(settings, KeySurface.Yaml, _ => true).FirstOrDefault(found => found.Rule.Severity == RuleSeverity.Error);
        return (rule?.Key, problem);
    }
}
