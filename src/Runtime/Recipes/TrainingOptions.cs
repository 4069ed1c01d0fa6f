namespace FineTune.Recipes;

/// <summary>How a recipe trains.</summary>
public sealed record TrainingOptions
{
    /// <summary>Tokens of one optimizer step where neither <see cref="TokensPerBatch"/> nor <see cref="BatchSize"/> is given.</summary>
    public const int DefaultTokensPerBatch = 8192;

    /// <summary>Prompts of one optimizer step by GRPO where <see cref="BatchSize"/> is not given.</summary>
    public const int DefaultPromptsPerBatch = 4;

    /// <summary>What the run teaches.</summary>
    public TrainingMethod Method { get; init; } = TrainingMethod.Sft;

    /// <summary>The peak learning rate; <see cref="RecipeOptions.LearningRate"/> is what it is where this is left out.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Passes over the training rows; a fraction stops within a pass.</summary>
    public double Epochs { get; init; } = 1;

    /// <summary>Stops after this many optimizer steps, whatever <see cref="Epochs"/> says.</summary>
    public int? MaxSteps { get; init; }

    /// <summary>Tokens of one optimizer step, filled with whole sequences. Excludes <see cref="BatchSize"/>.</summary>
    public int? TokensPerBatch { get; init; }

    /// <summary>Rows of one micro-batch; by GRPO prompts, each with its completions. Excludes <see cref="TokensPerBatch"/>.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Micro-batches of one optimizer step, with <see cref="BatchSize"/>.</summary>
    public int GradientAccumulation { get; init; } = 1;

    /// <summary>The most tokens in one forward pass; a larger step is split into micro-batches of at most this size.</summary>
    public int MicroBatchTokens { get; init; } = 2048;

    /// <summary>The learning rate's course.</summary>
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Linear;

    /// <summary>Steps of linear warm-up; below 1 a share of all steps, rounded up.</summary>
    public double WarmupSteps { get; init; }

    /// <summary>
    /// The share of the peak at which the schedule ends, where that has a minimum: <see cref="LearningRateSchedule.CosineWithMinLr"/>,
    /// <see cref="LearningRateSchedule.CosineWarmupWithMinLr"/> and <see cref="LearningRateSchedule.WarmupStableDecay"/>.
    /// </summary>
    public double MinLrRate { get; init; }

    /// <summary>Decoupled weight decay of matrices; norms and biases have none.</summary>
    public double WeightDecay { get; init; }

    /// <summary>The optimizer.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.AdamW;

    /// <summary>The momentum of <see cref="OptimizerKind.Sgd"/> and <see cref="OptimizerKind.RmsProp"/> (0 without), and of <see cref="OptimizerKind.Muon"/> (0.95).</summary>
    public double? Momentum { get; init; }

    /// <summary>Whether <see cref="OptimizerKind.Sgd"/> looks ahead by its momentum (Nesterov 1983).</summary>
    public bool Nesterov { get; init; }

    /// <summary>Multiplies the learning rate of an adapter's B (LoRA+, Hayou et al. 2024); <see langword="null"/> is one rate for all.</summary>
    public double? LoraplusLrRatio { get; init; }

    /// <summary>The learning rate of an embedding's factors under <see cref="LoraplusLrRatio"/>.</summary>
    public double LoraplusLrEmbedding { get; init; } = 1e-6;

    /// <summary>The decay of the first moment of AdamW and its relatives.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>The decay of the second moment of AdamW and its relatives.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>ε, which keeps the division by the second moment finite.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>The gradient's L2 norm is clipped to this; 0 turns clipping off.</summary>
    public double MaxGradNorm { get; init; } = 1;

    /// <summary>Every element of the gradient is clamped to ± this, in place of <see cref="MaxGradNorm"/>; <see langword="null"/> clamps none.</summary>
    public double? MaxGradValue { get; init; }

    /// <summary>The loss of a trained token.</summary>
    public LossType LossType { get; init; } = LossType.CrossEntropy;

    /// <summary>ε: the share of the loss that asks for every token alike (Szegedy et al. 2016).</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>c: adds <c>c · (log Σ exp logits)²</c> to each token's loss, which keeps logits small (Chowdhery et al. 2022).</summary>
    public double ZLoss { get; init; }

    /// <summary>Adds noise within <c>± alpha / √(length · hidden)</c> to embeddings in training (NEFTune, Jain et al. 2023).</summary>
    public double NeftuneNoiseAlpha { get; init; }

    /// <summary>Which average of the weights is the result.</summary>
    public WeightAveraging Average { get; init; } = WeightAveraging.None;

    /// <summary>The decay of <see cref="WeightAveraging.Ema"/> a step.</summary>
    public double EmaDecay { get; init; } = 0.999;

    /// <summary>The steps of <see cref="WeightAveraging.Last"/>.</summary>
    public int AverageLast { get; init; } = 10;

    /// <summary>The first step of <see cref="WeightAveraging.Swa"/>, below 1 a share of all steps.</summary>
    public double SwaStart { get; init; } = 0.75;

    /// <summary>Steps from one to the next of <see cref="WeightAveraging.Swa"/>.</summary>
    public int SwaEvery { get; init; } = 1;

    /// <summary>Seeds initial weights, shuffling and dropout.</summary>
    public int Seed { get; init; } = 42;

    /// <summary>
    /// Steps between checkpoints, below 1 a share of all steps; <see langword="null"/> saves about once a minute. There is
    /// always one at the end.
    /// </summary>
    public double? SaveSteps { get; init; }

    /// <summary>Checkpoints kept; older ones are deleted, the best one of <see cref="LoadBest"/> is not.</summary>
    public int SaveTotalLimit { get; init; } = 2;

    /// <summary>
    /// Steps between evaluations on the test rows, below 1 a share of all steps; <see langword="null"/> evaluates nothing
    /// during training. There is always one at the end.
    /// </summary>
    public double? EvalSteps { get; init; }

    /// <summary>Which of an evaluation's numbers says which weights are best.</summary>
    public EvaluationMetric MetricForBestModel { get; init; } = EvaluationMetric.Loss;

    /// <summary>Whether the result is the weights of the best evaluation, which are kept as a checkpoint, and not the last ones.</summary>
    public bool LoadBest { get; init; }

    /// <summary>Training stops after this many evaluations in a row without an improvement; <see langword="null"/> never stops early.</summary>
    public int? EarlyStoppingPatience { get; init; }

    /// <summary>What an evaluation must gain on the best one to count as an improvement.</summary>
    public double EarlyStoppingThreshold { get; init; }

    /// <summary>Whether the model samples completions in training, which rewards judge.</summary>
    internal bool Samples => Method == TrainingMethod.Grpo;

    /// <summary>The rows of an optimizer step, where it counts rows and not tokens.</summary>
    internal int? RowsOfAStep => (BatchSize ?? (Samples ? DefaultPromptsPerBatch : null)) * GradientAccumulation;
}
