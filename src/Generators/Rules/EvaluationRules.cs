using FineTune.Keys;
using static FineTune.Rules.RuleSeverity;

namespace FineTune.Rules;

/// <summary>Rules of test rows and of what is measured on them.</summary>
internal static class EvaluationRules
{
    public static readonly RecipeRule[] All =
    [
        new("FT1100", "Completions of an empty prompt are scored", Warning, EvaluationKeys.Metrics, [TrainingKeys.Method], CompletionsInPretraining),
        new("FT1101", "Pretraining leaves fields untrained", Warning, TrainingKeys.Method, [DataKeys.Prompt], UntrainedFields),
        new("FT1102", "The test rows are not used", Warning, DataKeys.Test, [EvaluationKeys.Metrics, TrainingKeys.EvalSteps, TrainingKeys.Method], UnusedTestRows),
        new("FT1103", "Nothing is generated", Warning, EvaluationKeys.MaxNewTokens, [EvaluationKeys.Metrics], NothingGenerated),
        new("FT1107", "A completion is as long as a row", Error, EvaluationKeys.MaxNewTokens, [DataKeys.MaxLength], LongCompletion),
    ];

    private static string? CompletionsInPretraining(RuleContext context) =>
        context.Is(TrainingKeys.Method, "pretrain") && context.Items(EvaluationKeys.Metrics).FirstOrDefault(IsOfCompletions) is { } metric
            ? $"{context.Choice(EvaluationKeys.Metrics, metric)} compares completions, but pretraining has no prompts to complete; measure {context.Choice(EvaluationKeys.Metrics, "perplexity")}."
            : null;

    private static string? UntrainedFields(RuleContext context) =>
        context.Is(TrainingKeys.Method, "pretrain") && context.Text(DataKeys.Prompt) is { } prompt && UntrainedField(prompt) is { } field
            ? $"{context.Setting(TrainingKeys.Method)}, but the prompt's {field} is not trained; write '{field.TrimEnd('}')}|completion}}', or set {context.Name(TrainingKeys.Method)} to {context.Choice(TrainingKeys.Method, "sft")}."
            : null;

    private static string? UnusedTestRows(RuleContext context) =>
        context.Given(DataKeys.Test) && context.Items(EvaluationKeys.Metrics).Count == 0 && !context.Is(TrainingKeys.Method, "grpo") && context.Number(TrainingKeys.EvalSteps) is null
            ? $"{context.Name(DataKeys.Test)} is given, but nothing is measured on it; list what to measure, such as {context.Choice(EvaluationKeys.Metrics, "perplexity")}, in {context.Name(EvaluationKeys.Metrics)}."
            : null;

    private static string? NothingGenerated(RuleContext context) =>
        context.Given(EvaluationKeys.MaxNewTokens) && context.Items(EvaluationKeys.Metrics) is { Count: > 0 } metrics && !metrics.Any(IsOfCompletions)
            ? $"{context.Setting(EvaluationKeys.MaxNewTokens)}, but {context.Choice(EvaluationKeys.Metrics, "perplexity")} generates nothing; remove it, or measure completions, such as by {context.Choice(EvaluationKeys.Metrics, "rougeL")}."
            : null;

    private static string? LongCompletion(RuleContext context) =>
        context.Number(EvaluationKeys.MaxNewTokens) is { } tokens && context.Items(EvaluationKeys.Metrics).Any(IsOfCompletions)
        && context.Number(DataKeys.MaxLength) is { } length && tokens >= length
            ? $"{context.Setting(EvaluationKeys.MaxNewTokens)}, but a row has {context.Value(DataKeys.MaxLength)} tokens at most, prompt included; write fewer, or raise {context.Name(DataKeys.MaxLength)}."
            : null;

    private static bool IsOfCompletions(string metric) => metric != "perplexity";

    // A field that is not marked as a completion, braces included; doubled braces are text.
    private static string? UntrainedField(string prompt)
    {
        var text = prompt.Replace("{{", "").Replace("}}", "");
        for (var open = text.IndexOf('{'); open >= 0; open = text.IndexOf('{', open + 1))
        {
            var close = text.IndexOf('}', open);
            if (close < 0)
                return null;
            var field = text.Substring(open, close - open + 1);
            if (field.IndexOf('|') < 0)
                return field;
        }

        return null;
    }
}
