namespace FineTune.Keys;

/// <summary>The keys of <c>training</c>.</summary>
internal static class TrainingKeys
{
    private static readonly string[] WarmupSchedules =
    [
        "constant_with_warmup", "linear", "cosine", "cosine_with_restarts", "cosine_with_min_lr", "cosine_warmup_with_min_lr", "polynomial",
        "inverse_sqrt", "warmup_stable_decay",
    ];

    // Rows that show what to say have a loss; a step of completions that are judged counts its prompts, and nothing else of them.
    private static readonly KeyNeed OfTeaching = new("training.method", "sft", "pretrain") { Advice = [("grpo", "sft")] };

    public static readonly KeySection Section = new("training", ["Sft", "Pretrain", "Grpo"], "Training", "The training run.")
    {
        Synonyms = ["train", "trainer", "hyperparameters", "training_arguments"],
    };

    public static readonly Key Method = new(Section, "method", "Method", KeyType.Choice, "What the run teaches.")
    {
        Default = new KeyValue.Text("sft"),
        YamlOnly = true,
        CSharpType = "TrainingMethod",
        Choices =
        [
            new("sft", "Sft", "supervised fine-tuning: the loss is on the completions", "supervised", "finetune", "fine_tune"),
            new("pretrain", "Pretrain", "the loss is on every token; rows are joined and cut at max_length", "pt", "pretraining", "clm"),
            new("grpo", "Grpo", "group relative policy optimization (Shao et al. 2024): the recipe's rewards judge completions that the model samples", "gspo", "rlvr"),
        ],
        Synonyms = ["stage", "task", "objective", "kind", "type"],
    };

    public static readonly Key LearningRate = new(Section, "learning_rate", "LearningRate", KeyType.Number, "The peak learning rate.")
    {
        Absent = "2e-4 with an adapter, 2e-5 for all weights of a pretrained model, 6e-4 for random ones; by grpo 1e-5 with an adapter, 1e-6 without",
        DefaultOf = settings => new KeyValue.Number(DefaultLearningRate.Of(
            settings.Effective(AdapterKeys.Kind) is KeyValue.Text { Value: "lora" }, settings.Effective(ModelKeys.Initialization) is KeyValue.Text { Value: "random" },
            GrpoKeys.AreRead(settings))),
        Range = new(0, 1) { AboveMinimum = true },
        Synonyms = ["lr", "max_lr", "peak_lr"],
    };

    public static readonly Key Epochs = new(
        Section, "epochs", "Epochs", KeyType.Number, "Passes over the training rows; a fraction stops within a pass.")
    {
        Default = new KeyValue.Number(1),
        Range = KeyRange.Above(0),
        Synonyms = ["num_epochs", "num_train_epochs", "n_epochs", "max_epochs"],
    };

    public static readonly Key MaxSteps = new(
        Section, "max_steps", "MaxSteps", KeyType.Integer, "Stops after this many optimizer steps, whatever epochs says.")
    {
        Absent = "epochs decides",
        Range = KeyRange.AtLeast(1),
        Unit = "steps",
        Synonyms = ["max_train_steps", "steps", "iters", "max_iters", "num_steps", "total_steps"],
    };

    public static readonly Key TokensPerBatch = new(
        Section, "tokens_per_batch", "TokensPerBatch", KeyType.Integer, "Tokens of one optimizer step, filled with whole sequences.")
    {
        Absent = "8192 without batch_size, else batch_size decides",
        Range = KeyRange.AtLeast(1),
        Unit = "tokens",
        Excludes = ["training.batch_size"],
        Needs = [OfTeaching],
        Synonyms = ["batch_tokens", "tokens_per_step", "max_tokens", "max_tokens_per_batch"],
    };

    public static readonly Key BatchSize = new(Section, "batch_size", "BatchSize", KeyType.Integer, "Rows of one micro-batch; by grpo prompts, each with its completions.")
    {
        Absent = "tokens_per_batch decides; 4 by grpo",
        Range = KeyRange.AtLeast(1),
        Unit = "rows",
        Excludes = ["training.tokens_per_batch"],
        Synonyms = ["micro_batch_size", "per_device_train_batch_size", "train_batch_size"],
    };

    public static readonly Key GradientAccumulation = new(
        Section, "gradient_accumulation", "GradientAccumulation", KeyType.Integer,
        "Micro-batches of batch_size rows in one optimizer step.")
    {
        Default = new KeyValue.Integer(1),
        Range = KeyRange.AtLeast(1),
        Needs = [new("training.batch_size")],
        Synonyms = ["gradient_accumulation_steps", "grad_accumulation_steps", "accumulation", "accumulation_steps", "grad_accum"],
    };

    public static readonly Key MicroBatchTokens = new(
        Section, "micro_batch_tokens", "MicroBatchTokens", KeyType.Integer,
        "The most tokens in one forward pass; a larger step is split, with the same result.")
    {
        Default = new KeyValue.Integer(2048),
        Range = KeyRange.AtLeast(1),
        Unit = "tokens",
        Synonyms = ["max_tokens_per_micro_batch", "max_tokens_per_forward"],
    };

    public static readonly Key Schedule = new(Section, "schedule", "Schedule", KeyType.Choice, "The learning rate's course.")
    {
        Default = new KeyValue.Text("linear"),
        CSharpType = "LearningRateSchedule",
        Choices =
        [
            new("constant", "Constant", "always the peak; no warm-up"),
            new("constant_with_warmup", "ConstantWithWarmup", "warm-up, then the peak"),
            new("linear", "Linear", "warm-up, then linearly to 0"),
            new("cosine", "Cosine", "warm-up, then half a cosine to 0", "cosine_with_warmup"),
            new("cosine_with_restarts", "CosineWithRestarts", "warm-up, then a cosine to 0 that starts anew in each cycle", "cosine_with_hard_restarts"),
            new("cosine_with_min_lr", "CosineWithMinLr", "warm-up, then half a cosine to min_lr_rate of the peak", "cosine_min_lr"),
            new(
                "cosine_warmup_with_min_lr", "CosineWarmupWithMinLr",
                "the same, but the warm-up begins above 0 and the minimum is reached in the last step"),
            new("polynomial", "Polynomial", "warm-up, then a polynomial to 1e-7"),
            new("inverse_sqrt", "InverseSqrt", "warm-up, then the inverse square root of the step", "rsqrt"),
            new("warmup_stable_decay", "WarmupStableDecay", "warm-up, a plateau, and a decay", "wsd"),
        ],
        Synonyms = ["lr_scheduler", "lr_scheduler_type", "scheduler", "lr_schedule"],
    };

    public static readonly Key WarmupSteps = new(
        Section, "warmup_steps", "WarmupSteps", KeyType.Number, "Steps of linear warm-up; below 1 a share of all steps, rounded up.")
    {
        Default = new KeyValue.Number(0),
        Range = KeyRange.AtLeast(0),
        ShareOfSteps = true,
        Unit = "steps",
        Needs = [new("training.schedule", WarmupSchedules) { Advice = [("constant", "constant_with_warmup")] }],
        Synonyms = ["warmup_ratio", "warmup", "num_warmup_steps", "lr_warmup_steps", "lr_warmup_fraction"],
    };

    public static readonly Key MinLrRate = new(
        Section, "min_lr_rate", "MinLrRate", KeyType.Number, "The share of the peak at which the schedule ends.")
    {
        Default = new KeyValue.Number(0),
        Range = new(0, 1),
        Needs =
        [
            new("training.schedule", "cosine_with_min_lr", "cosine_warmup_with_min_lr", "warmup_stable_decay")
            {
                Advice = [("cosine", "cosine_with_min_lr"), ("linear", "cosine_with_min_lr")],
            },
        ],
        Synonyms = ["cosine_min_lr_ratio", "min_lr_ratio"],
    };

    public static readonly Key WeightDecay = new(
        Section, "weight_decay", "WeightDecay", KeyType.Number, "Decoupled weight decay of matrices; norms and biases have none.")
    {
        Default = new KeyValue.Number(0),
        Range = KeyRange.AtLeast(0),
        Synonyms = ["wd", "decay"],
    };

    private static readonly string[] WithBetas = ["adamw", "adam", "lion", "muon", "schedule_free_adamw"];

    private static readonly string[] WithEpsilon = ["adamw", "adam", "rmsprop", "adagrad", "muon", "schedule_free_adamw"];

    public static readonly Key Optimizer = new(Section, "optimizer", "Optimizer", KeyType.Choice, "The optimizer.")
    {
        Default = new KeyValue.Text("adamw"),
        CSharpType = "OptimizerKind",
        Choices =
        [
            new(
                "adamw", "AdamW", "Adam with decoupled weight decay (Loshchilov and Hutter 2019)", "adamw_torch", "adamw_torch_fused", "adamw_hf",
                "adamw_apex_fused", "adamw_anyprecision", "paged_adamw", "paged_adamw_32bit", "torch.optim.AdamW"),
            new("adam", "Adam", "Adam with weight decay as a part of the gradient (Kingma and Ba 2015)", "torch.optim.Adam"),
            new("sgd", "Sgd", "gradient descent, with momentum where it is given", "torch.optim.SGD", "gd"),
            new("rmsprop", "RmsProp", "RMSprop (Hinton 2012)", "rmsprop_32bit"),
            new("adagrad", "Adagrad", "Adagrad (Duchi et al. 2011)"),
            new("adafactor", "Adafactor", "Adafactor (Shazeer and Stern 2018) at the schedule's rate, in a fraction of AdamW's memory", "ada_factor"),
            new("lion", "Lion", "Lion (Chen et al. 2023): half of AdamW's memory; a tenth of its learning rate is usual", "lion_32bit", "paged_lion_32bit", "lion_pytorch"),
            new("muon", "Muon", "Muon (Jordan et al. 2024) for the matrices of the blocks, AdamW for the rest, at one learning rate"),
            new(
                "schedule_free_adamw", "ScheduleFreeAdamW", "schedule-free AdamW (Defazio et al. 2024): the result is an average that needs no falling rate",
                "schedulefree", "adamw_schedule_free"),
        ],
        Synonyms = ["optim", "optimiser", "optimizer_name", "optimizer_type"],
    };

    public static readonly Key Momentum = new(Section, "momentum", "Momentum", KeyType.Number, "The momentum of sgd, rmsprop and muon.")
    {
        Absent = "0 with sgd and rmsprop, 0.95 with muon",
        Range = new(0, 1) { BelowMaximum = true },
        Needs = [new("training.optimizer", "sgd", "rmsprop", "muon")],
        Synonyms = ["sgd_momentum", "muon_momentum"],
    };

    public static readonly Key Nesterov = new(Section, "nesterov", "Nesterov", KeyType.Boolean, "Whether sgd looks ahead by its momentum (Nesterov 1983).")
    {
        Default = new KeyValue.Boolean(false),
        Needs = [new("training.optimizer", "sgd"), new("training.momentum")],
        Synonyms = ["use_nesterov"],
    };

    public static readonly Key LoraplusLrRatio = new(
        Section, "loraplus_lr_ratio", "LoraplusLrRatio", KeyType.Number, "Multiplies the learning rate of an adapter's factor B (LoRA+, Hayou et al. 2024).")
    {
        Absent = "one learning rate for all",
        Range = KeyRange.Above(0),
        Needs = [new("adapter.kind", "lora")],
        Synonyms = ["lora_plus_lr_ratio", "lr_ratio"],
    };

    public static readonly Key LoraplusLrEmbedding = new(
        Section, "loraplus_lr_embedding", "LoraplusLrEmbedding", KeyType.Number, "The learning rate of an embedding's factors under loraplus_lr_ratio.")
    {
        Default = new KeyValue.Number(1e-6),
        Range = new(0, 1) { AboveMinimum = true },
        Needs = [new("training.loraplus_lr_ratio")],
        Synonyms = ["lora_plus_lr_embedding"],
    };

    public static readonly Key Beta1 = new(Section, "beta1", "Beta1", KeyType.Number, "The decay of the first moment of AdamW and its relatives.")
    {
        Needs = [new("training.optimizer", WithBetas)],
        Default = new KeyValue.Number(0.9),
        Range = new(0, 1) { BelowMaximum = true },
        Synonyms = ["adam_beta1"],
    };

    public static readonly Key Beta2 = new(Section, "beta2", "Beta2", KeyType.Number, "The decay of the second moment of AdamW and its relatives.")
    {
        Needs = [new("training.optimizer", WithBetas)],
        Default = new KeyValue.Number(0.999),
        Range = new(0, 1) { BelowMaximum = true },
        Synonyms = ["adam_beta2"],
    };

    public static readonly Key Epsilon = new(Section, "epsilon", "Epsilon", KeyType.Number, "The ε that keeps the division by the second moment finite.")
    {
        Needs = [new("training.optimizer", WithEpsilon)],
        Default = new KeyValue.Number(1e-8),
        Range = KeyRange.Above(0),
        Synonyms = ["adam_epsilon", "eps", "adam_eps"],
    };

    public static readonly Key MaxGradNorm = new(
        Section, "max_grad_norm", "MaxGradNorm", KeyType.Number, "The gradient's L2 norm is clipped to this; 0 turns clipping off.")
    {
        Default = new KeyValue.Number(1),
        Range = KeyRange.AtLeast(0),
        Synonyms = ["clip_grad_norm", "gradient_clipping", "max_norm", "grad_clip", "clip", "gradient_clip_val"],
    };

    public static readonly Key MaxGradValue = new(
        Section, "max_grad_value", "MaxGradValue", KeyType.Number, "Every element of the gradient is clamped to ± this, in place of max_grad_norm.")
    {
        Absent = "max_grad_norm decides",
        Range = KeyRange.Above(0),
        Excludes = ["training.max_grad_norm"],
        Synonyms = ["clip_grad_value", "clip_value", "grad_clip_value", "gradient_clip_value"],
    };

    public static readonly Key LossType = new(Section, "loss_type", "LossType", KeyType.Choice, "The loss of a trained token.")
    {
        Default = new KeyValue.Text("cross_entropy"),
        CSharpType = "LossType",
        Choices =
        [
            new("cross_entropy", "CrossEntropy", "−log p", "nll", "ce", "causal_lm"),
            new("dft", "Dft", "dynamic fine-tuning (Wu et al. 2025): −p log p with a constant p", "dynamic_fine_tuning"),
        ],
        Needs = [OfTeaching],
        Synonyms = ["loss", "use_dft_loss", "loss_fn"],
    };

    public static readonly Key LabelSmoothing = new(
        Section, "label_smoothing", "LabelSmoothing", KeyType.Number, "The share of the loss that asks for every token alike (Szegedy et al. 2016).")
    {
        Default = new KeyValue.Number(0),
        Range = new(0, 1) { BelowMaximum = true },
        Needs = [new("training.loss_type", "cross_entropy"), OfTeaching],
        Synonyms = ["label_smoothing_factor"],
    };

    public static readonly Key ZLoss = new(
        Section, "z_loss", "ZLoss", KeyType.Number, "Adds this times (log Σ exp logits)² to each token's loss, which keeps logits small (Chowdhery et al. 2022).")
    {
        Default = new KeyValue.Number(0),
        Range = KeyRange.AtLeast(0),
        Needs = [OfTeaching],
        Synonyms = ["z_loss_coef", "z_loss_weight", "z_loss_multiplier", "softmax_auxiliary_loss_multiplier"],
    };

    public static readonly Key NeftuneNoiseAlpha = new(
        Section, "neftune_noise_alpha", "NeftuneNoiseAlpha", KeyType.Number,
        "Adds noise within ± alpha / √(length · hidden) to embeddings in training (NEFTune, Jain et al. 2023); 5 is usual.")
    {
        Default = new KeyValue.Number(0),
        Range = KeyRange.AtLeast(0),
        Needs = [OfTeaching],
        Synonyms = ["noisy_embedding_alpha", "neft_alpha", "neftune_alpha"],
    };

    public static readonly Key Average = new(Section, "average", "Average", KeyType.Choice, "Which average of the weights is the result.")
    {
        Default = new KeyValue.Text("none"),
        CSharpType = "WeightAveraging",
        Choices =
        [
            new("none", "None", "the weights after the last step"),
            new("ema", "Ema", "an exponential moving average", "exponential"),
            new("last", "Last", "the mean over the last steps", "last_k", "lawa"),
            new("swa", "Swa", "the mean over every so many steps from one on (Izmailov et al. 2018)"),
        ],
        Synonyms = ["weight_averaging", "averaging", "use_ema", "use_swa"],
    };

    public static readonly Key EmaDecay = new(Section, "ema_decay", "EmaDecay", KeyType.Number, "What the average keeps of itself in a step.")
    {
        Default = new KeyValue.Number(0.999),
        Range = new(0, 1) { AboveMinimum = true, BelowMaximum = true },
        Needs = [new("training.average", "ema")],
        Synonyms = ["average_decay", "ema_rate"],
    };

    public static readonly Key AverageLast = new(Section, "average_last", "AverageLast", KeyType.Integer, "The steps over which the mean is taken.")
    {
        Default = new KeyValue.Integer(10),
        Range = KeyRange.AtLeast(1),
        Unit = "steps",
        Needs = [new("training.average", "last")],
    };

    public static readonly Key SwaStart = new(Section, "swa_start", "SwaStart", KeyType.Number, "The first step of the mean, below 1 a share of all steps.")
    {
        Default = new KeyValue.Number(0.75),
        Range = KeyRange.Above(0),
        ShareOfSteps = true,
        Unit = "steps",
        Needs = [new("training.average", "swa")],
    };

    public static readonly Key SwaEvery = new(Section, "swa_every", "SwaEvery", KeyType.Integer, "Steps from one to the next that the mean takes in.")
    {
        Default = new KeyValue.Integer(1),
        Range = KeyRange.AtLeast(1),
        Unit = "steps",
        Needs = [new("training.average", "swa")],
        Synonyms = ["swa_freq"],
    };

    public static readonly Key Seed = new(Section, "seed", "Seed", KeyType.Integer, "Seeds initial weights, shuffling and dropout.")
    {
        Default = new KeyValue.Integer(42),
        Range = KeyRange.AtLeast(0),
        Synonyms = ["random_seed", "data_seed"],
    };

    public static readonly Key SaveSteps = new(
        Section, "save_steps", "SaveSteps", KeyType.Number,
        "Steps between checkpoints, below 1 a share of all steps; there is always one at the end.")
    {
        Absent = "about once a minute",
        Range = KeyRange.Above(0),
        ShareOfSteps = true,
        Unit = "steps",
        Synonyms = ["save_interval", "save_every", "checkpoint_steps", "save_every_n_steps"],
    };

    public static readonly Key SaveTotalLimit = new(
        Section, "save_total_limit", "SaveTotalLimit", KeyType.Integer, "Checkpoints kept; older ones are deleted, the best one of load_best is not.")
    {
        Default = new KeyValue.Integer(2),
        Range = KeyRange.AtLeast(1),
        Unit = "checkpoints",
        Synonyms = ["max_checkpoints", "keep_checkpoints"],
    };

    public static readonly Key EvalSteps = new(
        Section, "eval_steps", "EvalSteps", KeyType.Number,
        "Steps between evaluations on the test rows, below 1 a share of all steps; there is always one at the end.")
    {
        Absent = "nothing is evaluated during training",
        Range = KeyRange.Above(0),
        ShareOfSteps = true,
        Unit = "steps",
        Needs = [new("data.test") { Or = "data.test_size" }, OfTeaching],
        Synonyms =
        [
            "evals_per_epoch", "eval_strategy", "evaluation_strategy", "eval_interval", "eval_every", "steps_per_eval", "do_eval",
            "run_val_every_n_steps",
        ],
    };

    public static readonly Key MetricForBestModel = new(
        Section, "metric_for_best_model", "MetricForBestModel", KeyType.Choice, "Which of an evaluation's numbers says which weights are best.")
    {
        Default = new KeyValue.Text("loss"),
        CSharpType = "EvaluationMetric",
        Choices =
        [
            new("loss", "Loss", "the mean loss of the trained tokens: the lower, the better", "eval_loss"),
            new("perplexity", "Perplexity", "exp of that: the lower, the better", "eval_perplexity", "ppl"),
            new(
                "token_accuracy", "TokenAccuracy", "the share of trained tokens that the model finds most likely: the higher, the better",
                "accuracy", "eval_accuracy", "mean_token_accuracy", "eval_mean_token_accuracy"),
        ],
        Needs = [new("training.eval_steps")],
        Synonyms = ["best_metric", "monitor", "greater_is_better"],
    };

    public static readonly Key LoadBest = new(
        Section, "load_best", "LoadBest", KeyType.Boolean,
        "Whether the result is the weights of the best evaluation, which are kept as a checkpoint, and not the last ones.")
    {
        Default = new KeyValue.Boolean(false),
        Needs = [new("training.eval_steps")],
        Synonyms = ["load_best_model_at_end", "save_best", "keep_best", "restore_best_weights", "save_strategy_best"],
    };

    public static readonly Key EarlyStoppingPatience = new(
        Section, "early_stopping_patience", "EarlyStoppingPatience", KeyType.Integer,
        "Training stops after this many evaluations in a row without an improvement.")
    {
        Absent = "training never stops early",
        Range = KeyRange.AtLeast(1),
        Unit = "evaluations",
        Needs = [new("training.eval_steps")],
        Synonyms = ["early_stopping_steps", "early_stopping", "patience", "early_stop", "early_stopping_rounds"],
    };

    public static readonly Key EarlyStoppingThreshold = new(
        Section, "early_stopping_threshold", "EarlyStoppingThreshold", KeyType.Number, "What an evaluation must gain on the best one to count as an improvement.")
    {
        Default = new KeyValue.Number(0),
        Range = KeyRange.AtLeast(0),
        Needs = [new("training.early_stopping_patience")],
        Synonyms = ["min_delta", "early_stopping_min_delta"],
    };

    public static readonly Key[] All =
    [
        Method, LearningRate, Epochs, MaxSteps, TokensPerBatch, BatchSize, GradientAccumulation, MicroBatchTokens, Schedule, WarmupSteps,
        MinLrRate, WeightDecay, Optimizer, Momentum, Nesterov, LoraplusLrRatio, LoraplusLrEmbedding, Beta1, Beta2, Epsilon, MaxGradNorm,
        MaxGradValue, LossType, LabelSmoothing, ZLoss, NeftuneNoiseAlpha, Average, EmaDecay, AverageLast, SwaStart, SwaEvery, Seed, SaveSteps, SaveTotalLimit,
        EvalSteps, MetricForBestModel, LoadBest, EarlyStoppingPatience, EarlyStoppingThreshold,
    ];
}
