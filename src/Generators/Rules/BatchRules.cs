using FineTune.Keys;
using static FineTune.Rules.RuleSeverity;

namespace FineTune.Rules;

/// <summary>Rules of steps, batches and epochs.</summary>
internal static class BatchRules
{
    private const int FewTokens = 32;
    private const int ManyRows = 1024;
    private const int ManyEpochs = 100;

    public static readonly RecipeRule[] All =
    [
        new("FT1060", "A step is smaller than a row", Warning, TrainingKeys.TokensPerBatch, [DataKeys.MaxLength], StepBelowRow),
        new("FT1061", "A step's tokens look like rows", Warning, TrainingKeys.TokensPerBatch, [DataKeys.MaxLength], FewTokensInAStep),
        new("FT1062", "A batch's rows look like tokens", Warning, TrainingKeys.BatchSize, [], ManyRowsInABatch),
        new("FT1064", "A micro-batch is larger than the step", Warning, TrainingKeys.MicroBatchTokens, [TrainingKeys.TokensPerBatch], MicroBatchAboveStep),
        new("FT1065", "A micro-batch is smaller than a row", Warning, TrainingKeys.MicroBatchTokens, [DataKeys.MaxLength], MicroBatchBelowRow),
        new("FT1066", "A step takes more rows than are read", Warning, DataKeys.Limit, [TrainingKeys.BatchSize, TrainingKeys.GradientAccumulation], StepAboveLimit) { OfRecipesAlone = true },
        new("FT1067", "The epochs look like steps", Warning, TrainingKeys.Epochs, [TrainingKeys.MaxSteps], ManyPasses),
        new("FT1068", "The number of steps overrides the epochs", Warning, TrainingKeys.MaxSteps, [TrainingKeys.Epochs], StepsAndEpochs) { OfRecipesAlone = true },
        new("FT1069", "Part of the rows is never read", Warning, TrainingKeys.Epochs, [DataKeys.Shuffle, TrainingKeys.MaxSteps], PartOfAnUnshuffledPass),
    ];

    private static string? StepBelowRow(RuleContext context) =>
        context.Number(TrainingKeys.TokensPerBatch) is { } step && context.Number(DataKeys.MaxLength) is { } length && step < length
            ? $"{context.Setting(TrainingKeys.TokensPerBatch)}, but a row may have {context.Value(DataKeys.MaxLength)} tokens, so that one row makes a larger step; write at least {context.Value(DataKeys.MaxLength)}."
            : null;

    private static string? FewTokensInAStep(RuleContext context) =>
        context.Number(TrainingKeys.TokensPerBatch) is < FewTokens and { } step && !(context.Number(DataKeys.MaxLength) is { } length && length > step)
            ? $"{context.Setting(TrainingKeys.TokensPerBatch)}, which counts tokens, not rows: a step would be one row; write the tokens of a step, such as 8192, or give rows by {context.Name(TrainingKeys.BatchSize)}."
            : null;

    private static string? ManyRowsInABatch(RuleContext context) =>
        context.Number(TrainingKeys.BatchSize) is >= ManyRows
            ? $"{context.Setting(TrainingKeys.BatchSize)}, which counts rows, not tokens; give tokens by {context.Name(TrainingKeys.TokensPerBatch)}."
            : null;

    private static string? MicroBatchAboveStep(RuleContext context) =>
        context.Given(TrainingKeys.MicroBatchTokens) && context.Number(TrainingKeys.TokensPerBatch) is { } step && context.Number(TrainingKeys.MicroBatchTokens) > step
            ? $"{context.Setting(TrainingKeys.MicroBatchTokens)}, but a step has {context.Value(TrainingKeys.TokensPerBatch)} tokens: it is never split; remove it, or make the step larger."
            : null;

    private static string? MicroBatchBelowRow(RuleContext context) =>
        context.Given(TrainingKeys.MicroBatchTokens) && context.Number(DataKeys.MaxLength) is { } length && context.Number(TrainingKeys.MicroBatchTokens) < length
            ? $"{context.Setting(TrainingKeys.MicroBatchTokens)}, but a row may have {context.Value(DataKeys.MaxLength)} tokens and is never split: a forward pass may be that large; raise it, or lower {context.Name(DataKeys.MaxLength)}."
            : null;

    private static string? StepAboveLimit(RuleContext context)
    {
        var rows = context.Number(TrainingKeys.BatchSize) * context.Number(TrainingKeys.GradientAccumulation);
        return context.Given(DataKeys.Limit) && rows > context.Number(DataKeys.Limit)
            ? $"{context.Setting(DataKeys.Limit)}, but a step takes {NumberText.Write(rows.Value)} rows, so that an epoch is one step; raise the limit, or make the step smaller."
            : null;
    }

    private static string? ManyPasses(RuleContext context) =>
        context.Number(TrainingKeys.Epochs) is > ManyEpochs and { } epochs && context.Number(TrainingKeys.MaxSteps) is null
            ? $"{context.Setting(TrainingKeys.Epochs)}, which counts passes over all rows; if steps are meant, write {context.Name(TrainingKeys.MaxSteps)}."
            : null;

    private static string? StepsAndEpochs(RuleContext context) =>
        context.Given(TrainingKeys.MaxSteps) && context.Given(TrainingKeys.Epochs)
            ? $"{context.Name(TrainingKeys.MaxSteps)} decides, and {context.Name(TrainingKeys.Epochs)} is not read; remove one of them."
            : null;

    private static string? PartOfAnUnshuffledPass(RuleContext context) =>
        context.Number(TrainingKeys.Epochs) is < 1 && context.Number(TrainingKeys.MaxSteps) is null && !context.IsOn(DataKeys.Shuffle)
            ? $"{context.Setting(TrainingKeys.Epochs)} and the rows are not shuffled, so that the end of the file is never read; shuffle, or give {context.Name(DataKeys.Limit)} if that is meant."
            : null;
}
