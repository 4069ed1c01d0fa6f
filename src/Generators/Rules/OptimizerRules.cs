using FineTune.Keys;
using static FineTune.Rules.RuleSeverity;

namespace FineTune.Rules;

/// <summary>Rules of learning rates and of AdamW.</summary>
internal static class OptimizerRules
{
    private const double LowestOfLora = 2e-5;
    private const double HighestOfFull = 1e-4;
    private const double HighestOfAll = 0.02;
    private const double HighestEpsilon = 1e-3;
    private const double HighestDecayOfLora = 0.1;

    public static readonly RecipeRule[] All =
    [
        new("FT1080", "The learning rate is low for an adapter", Warning, TrainingKeys.LearningRate, [AdapterKeys.Kind, TrainingKeys.Method], LowForLora),
        new("FT1081", "The learning rate is high for all weights", Warning, TrainingKeys.LearningRate, [AdapterKeys.Kind, ModelKeys.Initialization, TrainingKeys.Method], HighForFull),
        new("FT1082", "The learning rate is very high", Warning, TrainingKeys.LearningRate, [TrainingKeys.Optimizer], High),
        new("FT1084", "Beta1 and beta2 look swapped", Warning, TrainingKeys.Beta1, [TrainingKeys.Beta2], SwappedBetas),
        new("FT1085", "Epsilon is large", Warning, TrainingKeys.Epsilon, [], LargeEpsilon),
        new("FT1086", "Weight decay pulls the adapter to nothing", Warning, TrainingKeys.WeightDecay, [AdapterKeys.Kind], DecayOfLora),
    ];

    private static string? LowForLora(RuleContext context) =>
        context.Is(AdapterKeys.Kind, "lora") && !context.Is(TrainingKeys.Method, "grpo") && context.Number(TrainingKeys.LearningRate) <= LowestOfLora
            ? $"{context.Setting(TrainingKeys.LearningRate)}, which suits training all weights; an adapter learns little by it: 1e-4 to 1e-3 are usual."
            : null;

    private static string? HighForFull(RuleContext context) =>
        context.Is(AdapterKeys.Kind, "none") && context.Is(TrainingKeys.Method, "sft") && context.Is(ModelKeys.Initialization, "pretrained")
        && context.Given(TrainingKeys.LearningRate) && context.Number(TrainingKeys.LearningRate) is > HighestOfFull and < HighestOfAll
            ? $"{context.Setting(TrainingKeys.LearningRate)}, which suits an adapter; training all weights of a pretrained model by it forgets what the model knows: 1e-6 to 5e-5 are usual."
            : null;

    private static string? High(RuleContext context) =>
        context.Is(TrainingKeys.Optimizer, "adamw", "adam", "lion", "schedule_free_adamw") && context.Number(TrainingKeys.LearningRate) >= HighestOfAll
            ? $"{context.Setting(TrainingKeys.LearningRate)}, by which AdamW diverges; 1e-4 to 1e-3 are usual with an adapter, 1e-6 to 5e-5 without."
            : null;

    private static string? SwappedBetas(RuleContext context) =>
        context.Number(TrainingKeys.Beta1) > context.Number(TrainingKeys.Beta2)
            ? $"{context.Setting(TrainingKeys.Beta1)} and {context.Setting(TrainingKeys.Beta2)}; the second moment's decay is the slower one, as in 0.9 and 0.999: swap them."
            : null;

    private static string? LargeEpsilon(RuleContext context) =>
        context.Number(TrainingKeys.Epsilon) >= HighestEpsilon
            ? $"{context.Setting(TrainingKeys.Epsilon)}, beside which gradients vanish; it only keeps a division finite: write 1e-8, or leave it out."
            : null;

    private static string? DecayOfLora(RuleContext context) =>
        context.Is(AdapterKeys.Kind, "lora") && context.Number(TrainingKeys.WeightDecay) >= HighestDecayOfLora
            ? $"{context.Setting(TrainingKeys.WeightDecay)}, which pulls the adapter towards no change at all, not the model towards its base; 0 to 0.01 are usual with an adapter."
            : null;
}
