using FineTune.Keys;
using static FineTune.Rules.RuleSeverity;

namespace FineTune.Rules;

/// <summary>Rules of adapters and of what they start from.</summary>
internal static class AdapterRules
{
    private const double LargestScale = 8;
    private const double HighestDropout = 0.5;

    public static readonly RecipeRule[] All =
    [
        new("FT1088", "The update's scale is unusual", Warning, AdapterKeys.Alpha, [AdapterKeys.Rank, AdapterKeys.UseRslora], Scale),
        new("FT1089", "Rank-stabilised scaling makes the update large", Warning, AdapterKeys.UseRslora, [AdapterKeys.Rank, AdapterKeys.Alpha], StabilisedScale),
        new("FT1090", "The dropout is high", Warning, AdapterKeys.Dropout, [], HighDropout),
        new("FT1091", "All linear layers are targets already", Error, AdapterKeys.Targets, [], AllAndOthers),
        new("FT1092", "A target is part of another", Warning, AdapterKeys.Targets, [], Overlapping),
        new("FT1122", "Every target is excluded", Error, AdapterKeys.ExcludeModules, [AdapterKeys.Targets], NothingLeft),
        new("FT1123", "Nothing that is tied is trained", Warning, AdapterKeys.EnsureWeightTying, [AdapterKeys.ModulesToSave], NothingTied),
        new("FT1124", "A layer's scale is unusual", Warning, AdapterKeys.RankPattern, [AdapterKeys.Alpha, AdapterKeys.AlphaPattern, AdapterKeys.UseRslora], ScaleOfALayer),
        new("FT1097", "An adapter on random weights", Warning, ModelKeys.Initialization, [AdapterKeys.Kind], RandomBase),
        new("FT1098", "Fine-tuning begins with random weights", Warning, ModelKeys.Initialization, [AdapterKeys.Kind, TrainingKeys.Method], RandomStart),
    ];

    private static string? Scale(RuleContext context)
    {
        var scale = context.Number(AdapterKeys.Alpha) / context.Number(AdapterKeys.Rank);
        return HasLora(context) && !context.IsOn(AdapterKeys.UseRslora) && (context.Given(AdapterKeys.Alpha) || context.Given(AdapterKeys.Rank)) && scale is > LargestScale or < 1 / LargestScale
            ? $"{context.Setting(AdapterKeys.Alpha)} and {context.Setting(AdapterKeys.Rank)}, so that the update is scaled by {Round(scale)}; 1 or 2 are usual: write {Round(context.Number(AdapterKeys.Rank))} or {Round(2 * context.Number(AdapterKeys.Rank))}."
            : null;
    }

    private static string? StabilisedScale(RuleContext context)
    {
        var root = Math.Sqrt(context.Number(AdapterKeys.Rank) ?? 1);
        var scale = context.Number(AdapterKeys.Alpha) / root;
        return HasLora(context) && context.IsOn(AdapterKeys.UseRslora) && scale > LargestScale
            ? $"{context.Name(AdapterKeys.UseRslora)} divides {context.Name(AdapterKeys.Alpha)} by the root of the rank, so that the update is scaled by {Round(scale)}; write {Round(2 * root)} for {context.Name(AdapterKeys.Alpha)} to scale by 2."
            : null;
    }

    private static string? HighDropout(RuleContext context) =>
        HasLora(context) && context.Number(AdapterKeys.Dropout) > HighestDropout
            ? $"{context.Setting(AdapterKeys.Dropout)}, so that most of an adapter's input is dropped in training; 0 to 0.1 are usual."
            : null;

    private static string? AllAndOthers(RuleContext context)
    {
        var targets = context.Items(AdapterKeys.Targets);
        return targets.Count > 1 && targets.Contains(ModuleNames.AllLinear)
            ? $"{ModuleNames.AllLinear} stands for every linear layer but the output head and has no others beside it; remove it, or the others."
            : null;
    }

    private static string? Overlapping(RuleContext context)
    {
        var targets = context.Items(AdapterKeys.Targets);
        foreach (var target in targets)
        {
            if (targets.FirstOrDefault(other => other.EndsWith("." + target, StringComparison.Ordinal)) is { } longer)
                return $"The target {KeyText.Quote(longer)} is among those that {KeyText.Quote(target)} means; remove one of them.";
        }

        return null;
    }

    private static string? NothingLeft(RuleContext context)
    {
        var (targets, excluded) = (context.Items(AdapterKeys.Targets), context.Items(AdapterKeys.ExcludeModules));
        return HasLora(context) && targets.Count > 0 && targets.All(target => excluded.Any(name => target == name || target.EndsWith("." + name, StringComparison.Ordinal)))
            ? $"{context.Name(AdapterKeys.ExcludeModules)} takes away every target, so that nothing is left to train; remove those that you want to adapt."
            : null;
    }

    private static string? NothingTied(RuleContext context) =>
        HasLora(context) && context.IsOn(AdapterKeys.EnsureWeightTying) && context.Items(AdapterKeys.ModulesToSave) is { Count: > 0 } saved
        && !saved.Any(name => name.EndsWith("embed_tokens", StringComparison.Ordinal) || name.EndsWith("lm_head", StringComparison.Ordinal) || name.EndsWith("wte", StringComparison.Ordinal))
            ? $"{context.Name(AdapterKeys.EnsureWeightTying)} is about the embedding and the output head, and {context.Name(AdapterKeys.ModulesToSave)} has neither; remove it, or add embed_tokens or lm_head there."
            : null;

    // Where alpha is left as it is, a layer of another rank is scaled differently.
    private static string? ScaleOfALayer(RuleContext context)
    {
        var alphas = context.Numbers(AdapterKeys.AlphaPattern);
        foreach (var entry in context.IsOn(AdapterKeys.UseRslora) || !HasLora(context) ? default : context.Numbers(AdapterKeys.RankPattern))
        {
            var alpha = alphas.FirstOrDefault(other => other.Name == entry.Name)?.Value ?? context.Number(AdapterKeys.Alpha);
            if (alpha / entry.Value is > LargestScale or < 1 / LargestScale)
                return $"{KeyText.Quote(entry.Name)} has the rank {NumberText.Write(entry.Value)} and alpha {NumberText.Write(alpha!.Value)}, so that its update is scaled by {Round(alpha / entry.Value)}; give it an alpha of its own by {context.Name(AdapterKeys.AlphaPattern)}.";
        }

        return null;
    }

    private static string? RandomBase(RuleContext context) =>
        HasLora(context) && context.Is(ModelKeys.Initialization, "random")
            ? $"The base weights are random and stay so, because an adapter trains none of them; remove the adapter, or set {context.Name(ModelKeys.Initialization)} to {context.Choice(ModelKeys.Initialization, "pretrained")}."
            : null;

    private static string? RandomStart(RuleContext context) =>
        !HasLora(context) && context.Is(ModelKeys.Initialization, "random") && context.Is(TrainingKeys.Method, "sft")
            ? $"The weights are random, and {context.Setting(TrainingKeys.Method)}: completions alone do not teach a language; set {context.Name(TrainingKeys.Method)} to {context.Choice(TrainingKeys.Method, "pretrain")}, or {context.Name(ModelKeys.Initialization)} to {context.Choice(ModelKeys.Initialization, "pretrained")}."
            : null;

    private static bool HasLora(RuleContext context) => context.Is(AdapterKeys.Kind, "lora");

    private static string Round(double? value) => NumberText.Write(Math.Round(value ?? 0, 3));
}
