using FineTune.Keys;

namespace FineTune.App.Import;

/// <summary>Settings of group relative policy optimization: axolotl's <c>trl</c>, or TRL's own.</summary>
internal static class GrpoImport
{
    private static readonly string[] OwnSettings = ["num_generations", "num_iterations", "reward_funcs", "scale_rewards", "max_completion_length"];

    /// <summary>Whether a configuration of TRL, which does not name its method, is of this one.</summary>
    public static bool IsMeant(ImportContext context) => context.Tool == ConfigurationTool.Trl && OwnSettings.Any(name => context.Root[name] is not null);

    /// <summary>Takes what is of this method; the rest is converted as of any other.</summary>
    public static void Convert(ImportContext context)
    {
        context.Set(TrainingKeys.Method, "grpo");
        var inner = context.Tool == ConfigurationTool.Axolotl ? context.Take("trl")?.Entries ?? [] : [];
        foreach (var (name, value) in inner)
            Convert(context, name, value, $"trl.{name}");
        foreach (var (name, value) in context.Root.Entries.Where(entry => entry.Key.Length > 0 && Find(entry.Key) is not null).ToList())
        {
            context.Take(name);
            Convert(context, name, value, name);
        }

        context.Notes.Miss("Rewards are C# here: write a class for each that implements IReward, and override Rewards in the recipe's partial class. Until then the build tells FT1130.");
    }

    /// <summary>Other tools count completions in a batch, and not the prompts that they are of.</summary>
    public static void CountPrompts(ImportContext context)
    {
        var settings = context.Settings;
        if (!GrpoKeys.AreRead(settings) || !settings.TryGet(TrainingKeys.BatchSize, out var batch) || batch is not KeyValue.Integer rows)
            return;
        var accumulation = ((KeyValue.Integer)settings.Effective(TrainingKeys.GradientAccumulation)!).Value;
        var completions = (long)rows.Value * accumulation;
        var group = ((KeyValue.Integer)settings.Effective(GrpoKeys.NumGenerations)!).Value;
        settings.Remove(TrainingKeys.GradientAccumulation);
        settings.Set(TrainingKeys.BatchSize, new KeyValue.Integer((int)Math.Max(1, completions / group)));
        context.Notes.Assume($"A step's {completions} completions are those of {Math.Max(1, completions / group)} prompts, '{TrainingKeys.BatchSize}', with {group} each.");
    }

    private static void Convert(ImportContext context, string name, ConfigurationNode value, string shown)
    {
        if (Find(name) is not { } key)
            SettingImport.Explain(context, name, value);
        else if (value is not { Text: null, Items.Count: 0, Entries.Count: 0 })
            SettingImport.Convert(context, shown, key, value);
    }

    private static Key? Find(string name) =>
        GrpoKeys.All.FirstOrDefault(key => Suggestion.Same(key.Name, name) || key.Synonyms.Any(synonym => Suggestion.Same(synonym, name)));
}
