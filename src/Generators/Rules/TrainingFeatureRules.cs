using FineTune.Keys;
using static FineTune.Rules.RuleSeverity;

namespace FineTune.Rules;

/// <summary>Rules of the kinds of LoRA, of optimizers and of averages: what does not go together by their mathematics.</summary>
internal static class TrainingFeatureRules
{
    private static readonly string[] Decompositions = ["pissa", "olora"];

    public static readonly RecipeRule[] All =
    [
        new("FT1201", "DoRA has no bias of the update", Error, AdapterKeys.LoraBias, [AdapterKeys.UseDora], DoraWithBias),
        new("FT1202", "The bias does not go with the initialization", Error, AdapterKeys.LoraBias, [AdapterKeys.Initialization], BiasAndInitialization),
        new("FT1203", "The orthogonal initialization needs an even rank", Error, AdapterKeys.Initialization, [AdapterKeys.Rank], OddRank),
        new("FT1204", "A module is trained whole and not adapted besides", Warning, AdapterKeys.ModulesToSave, [AdapterKeys.Targets], SavedTarget),
        new("FT1205", "The schedule-free optimizer needs a constant rate", Error, TrainingKeys.Schedule, [TrainingKeys.Optimizer], ScheduleFree),
        new("FT1206", "The schedule-free optimizer averages already", Error, TrainingKeys.Average, [TrainingKeys.Optimizer], TwoAverages),
        new("FT1207", "The learning rate is high for Lion", Warning, TrainingKeys.LearningRate, [TrainingKeys.Optimizer, AdapterKeys.Kind], RateOfLion),
        new("FT1208", "The average takes in the whole run", Warning, TrainingKeys.AverageLast, [TrainingKeys.Average, TrainingKeys.MaxSteps], WholeRun),
        new("FT1209", "The average begins after the run", Error, TrainingKeys.SwaStart, [TrainingKeys.Average, TrainingKeys.MaxSteps], AfterTheRun),
        new("FT1210", "The loss asks for every token nearly alike", Warning, TrainingKeys.LabelSmoothing, [], MuchSmoothing),
    ];

    private static string? DoraWithBias(RuleContext context) =>
        context.IsOn(AdapterKeys.LoraBias) && context.IsOn(AdapterKeys.UseDora)
            ? $"{context.Name(AdapterKeys.UseDora)} scales rows of the weight, among which a bias of the update has no place; remove {context.Name(AdapterKeys.LoraBias)} or {context.Name(AdapterKeys.UseDora)}."
            : null;

    private static string? BiasAndInitialization(RuleContext context) =>
        context.IsOn(AdapterKeys.LoraBias) && context.Is(AdapterKeys.Initialization, [.. Decompositions, "orthogonal"])
            ? $"{context.Name(AdapterKeys.LoraBias)} does not go with {context.Name(AdapterKeys.Initialization)} {context.Value(AdapterKeys.Initialization)}; remove one of them."
            : null;

    private static string? OddRank(RuleContext context) =>
        context.Is(AdapterKeys.Initialization, "orthogonal") && context.Number(AdapterKeys.Rank) % 2 == 1
            ? $"{context.Setting(AdapterKeys.Rank)}, but halves of an orthogonal basis need an even one; write {NumberText.Write((context.Number(AdapterKeys.Rank) ?? 1) + 1)}."
            : null;

    private static string? SavedTarget(RuleContext context)
    {
        if (!context.Given(AdapterKeys.Targets))
            return null;
        var saved = context.Items(AdapterKeys.ModulesToSave);
        return context.Items(AdapterKeys.Targets).FirstOrDefault(target => saved.Any(name => target == name || target.EndsWith("." + name, StringComparison.Ordinal))) is { } both
            ? $"{KeyText.Quote(both)} is trained whole and gets no low-rank update besides; remove it from {context.Name(AdapterKeys.Targets)}, or from {context.Name(AdapterKeys.ModulesToSave)}."
            : null;
    }

    private static string? ScheduleFree(RuleContext context) =>
        context.Is(TrainingKeys.Optimizer, "schedule_free_adamw") && !context.Is(TrainingKeys.Schedule, "constant", "constant_with_warmup")
            ? $"The schedule-free optimizer averages in place of a falling rate, but {context.Setting(TrainingKeys.Schedule)}; write {context.Choice(TrainingKeys.Schedule, "constant_with_warmup")} or {context.Choice(TrainingKeys.Schedule, "constant")}."
            : null;

    private static string? TwoAverages(RuleContext context) =>
        context.Is(TrainingKeys.Optimizer, "schedule_free_adamw") && !context.Is(TrainingKeys.Average, "none")
            ? $"The result of the schedule-free optimizer is an average already; remove {context.Name(TrainingKeys.Average)}."
            : null;

    private static string? RateOfLion(RuleContext context) =>
        context.Is(TrainingKeys.Optimizer, "lion") && context.Number(TrainingKeys.LearningRate) is { } rate && rate > (context.Is(AdapterKeys.Kind, "lora") ? 1e-4 : 2e-5)
            ? $"{context.Setting(TrainingKeys.LearningRate)}, but every weight moves by the whole rate with Lion; a tenth of AdamW's is usual: write {NumberText.Write(rate / 10)}."
            : null;

    private static string? WholeRun(RuleContext context) =>
        context.Is(TrainingKeys.Average, "last") && context.Number(TrainingKeys.AverageLast) >= context.Number(TrainingKeys.MaxSteps)
            ? $"The run has {NumberText.Write(context.Number(TrainingKeys.MaxSteps) ?? 0)} steps, all of which the mean takes in, the untrained beginning included; lower {context.Name(TrainingKeys.AverageLast)}."
            : null;

    private static string? AfterTheRun(RuleContext context) =>
        context.Is(TrainingKeys.Average, "swa") && context.Number(TrainingKeys.SwaStart) > context.Number(TrainingKeys.MaxSteps)
            ? $"{context.Setting(TrainingKeys.SwaStart)}, but the run has {NumberText.Write(context.Number(TrainingKeys.MaxSteps) ?? 0)} steps, so that there would be no mean; lower it, or write a share below 1."
            : null;

    private static string? MuchSmoothing(RuleContext context) =>
        context.Number(TrainingKeys.LabelSmoothing) > 0.5
            ? $"{context.Setting(TrainingKeys.LabelSmoothing)}, so that most of the loss asks for every token alike; 0.05 to 0.2 are usual."
            : null;
}
