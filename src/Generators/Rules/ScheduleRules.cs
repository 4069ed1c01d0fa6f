using FineTune.Keys;
using static FineTune.Rules.RuleSeverity;

namespace FineTune.Rules;

/// <summary>Rules of the learning rate's course.</summary>
internal static class ScheduleRules
{
    private const double SmallestUsualShare = 1e-3;

    private static readonly string[] WithMinimum = ["cosine_with_min_lr", "cosine_warmup_with_min_lr"];

    public static readonly RecipeRule[] All =
    [
        new("FT1072", "The warm-up is as long as the run", Warning, TrainingKeys.WarmupSteps, [TrainingKeys.MaxSteps], LongWarmup) { OfRecipesAlone = true },
        new("FT1073", "The warm-up takes most of the run", Warning, TrainingKeys.WarmupSteps, [TrainingKeys.MaxSteps], MostlyWarmup) { OfRecipesAlone = true },
        new("FT1074", "The learning rate never falls", Error, TrainingKeys.MinLrRate, [TrainingKeys.Schedule], NoDecay),
        new("FT1075", "A share of the peak looks like a learning rate", Warning, TrainingKeys.MinLrRate, [TrainingKeys.LearningRate], RateAsShare),
        new("FT1076", "The schedule's minimum is missing", Warning, TrainingKeys.Schedule, [TrainingKeys.MinLrRate], NoMinimum),
    ];

    private static string? LongWarmup(RuleContext context) =>
        context.Number(TrainingKeys.WarmupSteps) is >= 1 and { } warmup && context.Number(TrainingKeys.MaxSteps) is { } steps && warmup >= steps
            ? $"{context.Setting(TrainingKeys.WarmupSteps)}, but the run has {context.Value(TrainingKeys.MaxSteps)} steps: it would end before the peak; write fewer, or a share below 1 such as 0.03."
            : null;

    private static string? MostlyWarmup(RuleContext context)
    {
        var warmup = context.Number(TrainingKeys.WarmupSteps);
        var share = warmup < 1 ? warmup : warmup / context.Number(TrainingKeys.MaxSteps);
        return share is > 0.5 and < 1
            ? $"{context.Setting(TrainingKeys.WarmupSteps)}, which is {NumberText.Write(Math.Round(share.Value * 100))} percent of the run; 1 to 10 percent are usual, as in 0.03."
            : null;
    }

    private static string? NoDecay(RuleContext context) =>
        context.Number(TrainingKeys.MinLrRate) is >= 1
            ? $"{context.Setting(TrainingKeys.MinLrRate)}, so that the learning rate stays at its peak; write a share such as 0.1, or set {context.Name(TrainingKeys.Schedule)} to {context.Choice(TrainingKeys.Schedule, "constant_with_warmup")}."
            : null;

    private static string? RateAsShare(RuleContext context) =>
        context.Number(TrainingKeys.MinLrRate) is > 0 and < SmallestUsualShare and { } minimum && context.Number(TrainingKeys.LearningRate) is { } peak
            ? $"{context.Setting(TrainingKeys.MinLrRate)}, which is a share of the peak and not a learning rate; for a minimum of {context.Value(TrainingKeys.MinLrRate)} write {NumberText.Write(Math.Round(Math.Min(1, minimum / peak), 6))}."
            : null;

    private static string? NoMinimum(RuleContext context) =>
        context.Is(TrainingKeys.Schedule, WithMinimum) && context.Number(TrainingKeys.MinLrRate) is 0
            ? $"{context.Setting(TrainingKeys.Schedule)}, but without {context.Name(TrainingKeys.MinLrRate)} its minimum is 0; write that, such as 0.1, or choose {context.Choice(TrainingKeys.Schedule, "cosine")}."
            : null;
}
