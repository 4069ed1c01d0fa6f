using FineTune.Keys;
using static FineTune.Rules.RuleSeverity;

namespace FineTune.Rules;

/// <summary>Rules of checkpoints and of evaluations during training.</summary>
internal static class CheckpointRules
{
    public static readonly RecipeRule[] All =
    [
        new("FT1110", "No checkpoint is saved before the end", Warning, TrainingKeys.SaveSteps, [TrainingKeys.MaxSteps], SavesNever) { OfRecipesAlone = true },
        new("FT1111", "Nothing is evaluated before the end", Warning, TrainingKeys.EvalSteps, [TrainingKeys.MaxSteps], EvaluatesNever) { OfRecipesAlone = true },
        new("FT1112", "Training cannot stop early", Warning, TrainingKeys.EarlyStoppingPatience, [TrainingKeys.EvalSteps, TrainingKeys.MaxSteps], StopsNever) { OfRecipesAlone = true },
        new("FT1113", "Stopping early keeps the last weights", Warning, TrainingKeys.EarlyStoppingPatience, [TrainingKeys.LoadBest], KeepsLast),
    ];

    private static string? SavesNever(RuleContext context) => Never(context, TrainingKeys.SaveSteps, "the only checkpoint is the one at the end");

    private static string? EvaluatesNever(RuleContext context) => Never(context, TrainingKeys.EvalSteps, "the only evaluation is the one at the end");

    private static string? Never(RuleContext context, Key key, string consequence) =>
        context.Number(key) is >= 1 and { } interval && context.Number(TrainingKeys.MaxSteps) is { } steps && interval >= steps
            ? $"{context.Setting(key)}, but the run has {context.Value(TrainingKeys.MaxSteps)} steps, so that {consequence}; write fewer, or a share below 1 such as 0.25."
            : null;

    private static string? StopsNever(RuleContext context)
    {
        var interval = context.Number(TrainingKeys.EvalSteps);
        var evaluations = interval < 1 ? Math.Ceiling(1 / interval.Value) : Math.Ceiling((context.Number(TrainingKeys.MaxSteps) / interval) ?? double.PositiveInfinity);
        return context.Number(TrainingKeys.EarlyStoppingPatience) is { } patience && interval is not null && evaluations <= patience
            ? $"{context.Setting(TrainingKeys.EarlyStoppingPatience)}, but the run has {NumberText.Write(evaluations)} {(evaluations == 1 ? "evaluation" : "evaluations")}, of which the first is always an improvement; write fewer, or evaluate more often by {context.Name(TrainingKeys.EvalSteps)}."
            : null;
    }

    private static string? KeepsLast(RuleContext context) =>
        context.Given(TrainingKeys.EarlyStoppingPatience) && context.Number(TrainingKeys.EvalSteps) is not null && !context.IsOn(TrainingKeys.LoadBest)
            ? $"Training stops once evaluations have become worse, and keeps those worse weights; set {context.Name(TrainingKeys.LoadBest)} to true to keep the best."
            : null;
}
