namespace FineTune.Keys;

/// <summary>The keys of <c>grpo</c>, named as TRL names them.</summary>
internal static class GrpoKeys
{
    public static readonly KeySection Section = new("grpo", ["Grpo"], "Grpo", "Group relative policy optimization: what is sampled, and how rewards become a loss.")
    {
        Synonyms = ["trl", "grpo_config"],
    };

    public static readonly Key NumGenerations = new(Section, "num_generations", "NumGenerations", KeyType.Integer, "Completions sampled for each prompt: the group.")
    {
        Default = new KeyValue.Integer(8),
        Range = KeyRange.AtLeast(2),
        Unit = "completions",
        Needs = OfGrpo,
        Synonyms = ["num_samples_per_prompt"],
    };

    public static readonly Key MaxCompletionLength = new(Section, "max_completion_length", "MaxCompletionLength", KeyType.Integer, "The most tokens sampled for a completion.")
    {
        Default = new KeyValue.Integer(256),
        Range = KeyRange.AtLeast(1),
        Unit = "tokens",
        Needs = OfGrpo,
        Synonyms = ["max_response_length", "response_length"],
    };

    public static readonly Key Temperature = new(Section, "temperature", "Temperature", KeyType.Number, "Divides the logits, in sampling and in the loss.")
    {
        Default = new KeyValue.Number(1),
        Range = KeyRange.Above(0),
        Needs = OfGrpo,
    };

    public static readonly Key TopK = new(Section, "top_k", "TopK", KeyType.Integer, "Samples among this many most likely tokens; 0 is all.")
    {
        Default = new KeyValue.Integer(0),
        Range = KeyRange.AtLeast(0),
        Unit = "tokens",
        Needs = OfGrpo,
    };

    public static readonly Key TopP = new(Section, "top_p", "TopP", KeyType.Number, "Samples among the most likely tokens that together reach this probability.")
    {
        Default = new KeyValue.Number(1),
        Range = new(0, 1) { AboveMinimum = true },
        Needs = OfGrpo,
    };

    public static readonly Key Beta = new(Section, "beta", "Beta", KeyType.Number, "The weight of the divergence from the base model; above 0 the base model runs too.")
    {
        Default = new KeyValue.Number(0),
        Range = KeyRange.AtLeast(0),
        Needs = OfGrpo,
        Synonyms = ["kl_coef"],
    };

    public static readonly Key EpsilonLow = new(
        Section, "epsilon_low", "EpsilonLow", KeyType.Number, "How far below 1 a token's probability, over that at sampling, still has a gradient (ε of PPO and GRPO).")
    {
        Default = new KeyValue.Number(0.2),
        Range = new(0, 1) { AboveMinimum = true },
        Needs = OfGrpo,
        Synonyms = ["epsilon", "cliprange", "clip_range"],
    };

    public static readonly Key EpsilonHigh = new(
        Section, "epsilon_high", "EpsilonHigh", KeyType.Number, "The same upwards, where it differs (0.28 in DAPO); of cispo the largest weight itself.")
    {
        Absent = "epsilon_low",
        Range = KeyRange.Above(0),
        Needs = OfGrpo,
    };

    public static readonly Key NumIterations = new(Section, "num_iterations", "NumIterations", KeyType.Integer, "Optimizer steps on each round of completions.")
    {
        Default = new KeyValue.Integer(1),
        Range = KeyRange.AtLeast(1),
        Unit = "steps",
        Needs = OfGrpo,
        Synonyms = ["num_ppo_epochs", "ppo_epochs", "mu"],
    };

    public static readonly Key Objective = new(Section, "objective", "Objective", KeyType.Choice, "How the losses of tokens become one: TRL's loss_type.")
    {
        Default = new KeyValue.Text("dapo"),
        CSharpType = "GrpoObjective",
        Choices =
        [
            new("dapo", "Dapo", "the mean over all tokens of the step (Yu et al. 2025)", "bnpo"),
            new("grpo", "Grpo", "the mean over completions of each one's mean: short ones weigh more (Shao et al. 2024)"),
            new("dr_grpo", "DrGrpo", "the sum over max_completion_length and the number of completions (Liu et al. 2025)"),
            new("cispo", "Cispo", "clips the weight of a token and not its gradient (MiniMax 2025)"),
        ],
        Needs = OfGrpo,
        Synonyms = ["loss_type", "loss_agg_mode"],
    };

    public static readonly Key ScaleRewards = new(Section, "scale_rewards", "ScaleRewards", KeyType.Choice, "What the advantages are divided by.")
    {
        Default = new KeyValue.Text("group"),
        CSharpType = "RewardScaling",
        Choices =
        [
            new("group", "Group", "the standard deviation of the prompt's rewards"),
            new("batch", "Batch", "the standard deviation of all rewards of the step"),
            new("none", "None", "nothing", "false"),
        ],
        Needs = OfGrpo,
    };

    public static readonly Key MaskTruncatedCompletions = new(
        Section, "mask_truncated_completions", "MaskTruncatedCompletions", KeyType.Boolean, "Whether completions that were cut at max_completion_length are left out of the loss.")
    {
        Default = new KeyValue.Boolean(false),
        Needs = OfGrpo,
    };

    public static readonly Key[] All =
    [
        NumGenerations, MaxCompletionLength, Temperature, TopK, TopP, Beta, EpsilonLow, EpsilonHigh, NumIterations, Objective, ScaleRewards, MaskTruncatedCompletions,
    ];

    /// <summary>Whether a recipe trains by this method.</summary>
    public static bool AreRead(KeySettings settings) => settings.Effective(TrainingKeys.Method) is KeyValue.Text { Value: "grpo" };

    private static KeyNeed[] OfGrpo => [new("training.method", "grpo")];
}
