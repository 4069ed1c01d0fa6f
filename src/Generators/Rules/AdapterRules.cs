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
