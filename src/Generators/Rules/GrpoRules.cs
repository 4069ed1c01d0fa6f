using FineTune.Keys;
using static FineTune.Rules.RuleSeverity;

namespace FineTune.Rules;

/// <summary>Rules of completions that are sampled and judged.</summary>
internal static class GrpoRules
{
    public static readonly RecipeRule[] All =
    [
        new("FT1131", "A completion is as long as a row", Error, GrpoKeys.MaxCompletionLength, [TrainingKeys.Method, DataKeys.MaxLength], LongCompletion),
        new("FT1132", "Prompts are not split", Error, DataKeys.Overlong, [TrainingKeys.Method], SplitPrompts),
        new("FT1133", "The upper bound is below the lower one", Warning, GrpoKeys.EpsilonHigh, [TrainingKeys.Method, GrpoKeys.EpsilonLow, GrpoKeys.Objective], NarrowAbove),
        new("FT1134", "The largest weight leaves hardly any gradient", Warning, GrpoKeys.Objective, [TrainingKeys.Method, GrpoKeys.EpsilonLow, GrpoKeys.EpsilonHigh], SmallWeights),
        new("FT1135", "Only the most likely token is sampled", Error, GrpoKeys.TopK, [TrainingKeys.Method], OneToken),
        new("FT1136", "Rows of text have no prompt", Error, DataKeys.Type, [TrainingKeys.Method], NoPrompt),
        new("FT1137", "The learning rate is high for rewards", Warning, TrainingKeys.LearningRate, [TrainingKeys.Method, AdapterKeys.Kind], HighRate),
    ];

    private static bool IsUsed(RuleContext context) => context.Is(TrainingKeys.Method, "grpo");

    private static string? LongCompletion(RuleContext context) =>
        IsUsed(context) && context.Number(GrpoKeys.MaxCompletionLength) is { } tokens && context.Number(DataKeys.MaxLength) is { } length && tokens >= length
            ? $"{context.Setting(GrpoKeys.MaxCompletionLength)}, but prompt and completion together have {context.Value(DataKeys.MaxLength)} tokens at most; write fewer, or raise {context.Name(DataKeys.MaxLength)}."
            : null;

    private static string? SplitPrompts(RuleContext context) =>
        IsUsed(context) && context.Is(DataKeys.Overlong, "split")
            ? $"{context.Setting(DataKeys.Overlong)}, but a prompt in pieces asks for nothing; write {context.Choice(DataKeys.Overlong, "drop")} or {context.Choice(DataKeys.Overlong, "truncate_start")}."
            : null;

    private static string? NarrowAbove(RuleContext context) =>
        IsUsed(context) && !context.Is(GrpoKeys.Objective, "cispo") && context.Number(GrpoKeys.EpsilonHigh) is { } high && high < context.Number(GrpoKeys.EpsilonLow)
            ? $"{context.Setting(GrpoKeys.EpsilonHigh)}, below {context.Name(GrpoKeys.EpsilonLow)}: what rewards ask for more of then moves less than what they ask for less of; DAPO has 0.28 above and 0.2 below."
            : null;

    private static string? SmallWeights(RuleContext context) =>
        IsUsed(context) && context.Is(GrpoKeys.Objective, "cispo") && (context.Number(GrpoKeys.EpsilonHigh) ?? context.Number(GrpoKeys.EpsilonLow)) is < 1 and { } largest
            ? $"By {context.Choice(GrpoKeys.Objective, "cispo")} no token weighs more than {context.Name(GrpoKeys.EpsilonHigh)}, here {NumberText.Write(largest)}, where an unchanged one weighs 1; write 5, as its authors do."
            : null;

    private static string? OneToken(RuleContext context) =>
        IsUsed(context) && context.Number(GrpoKeys.TopK) == 1
            ? $"{context.Setting(GrpoKeys.TopK)}, so that all completions of a prompt are the same, and none is better than another; remove it, or write more."
            : null;

    private static string? NoPrompt(RuleContext context) =>
        IsUsed(context) && context.Is(DataKeys.Type, "text")
            ? $"{context.Setting(DataKeys.Type)}, which is all completion and leaves nothing to complete; write a prompt, or choose {context.Choice(DataKeys.Type, "messages")} or {context.Choice(DataKeys.Type, "prompt_completion")}."
            : null;

    private static string? HighRate(RuleContext context) =>
        IsUsed(context) && context.Given(TrainingKeys.LearningRate) && context.Number(TrainingKeys.LearningRate) is { } rate
        && rate > (context.Is(AdapterKeys.Kind, "lora") ? 1e-3 : 1e-4)
            ? $"{context.Setting(TrainingKeys.LearningRate)}, but gradients of rewards are noisy, and rates above {(context.Is(AdapterKeys.Kind, "lora") ? "1e-3 with an adapter" : "1e-4 of all weights")} end in repetition of one text; usual are 1e-6 to 1e-4."
            : null;
}
