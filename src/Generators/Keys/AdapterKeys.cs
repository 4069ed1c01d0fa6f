namespace FineTune.Keys;

/// <summary>The keys of <c>adapter</c>.</summary>
internal static class AdapterKeys
{
    public static readonly KeySection Section = new(
        "adapter", ["Lora"], "Adapter", "The adapter; without this section all weights are trained.")
    {
        Synonyms = ["peft", "lora", "peft_config"],
    };

    public static readonly Key Kind = new(Section, "kind", "Kind", KeyType.Choice, "Which adapter is trained.")
    {
        Default = new KeyValue.Text("none"),
        Absent = "lora where the section is given, none where it is not",
        YamlOnly = true,
        Choices =
        [
            new("lora", "Lora", "a low-rank update of linear layers (Hu et al. 2021)"),
            new("none", "None", "no adapter: all weights are trained", "full", "false", "off"),
        ],
        Synonyms = ["type", "method", "peft_type", "finetuning_type", "adapter", "fine_tune_type"],
    };

    public static readonly Key Rank = new(Section, "rank", "Rank", KeyType.Integer, "The rank r of the update.")
    {
        Default = new KeyValue.Integer(16),
        Range = KeyRange.AtLeast(1),
        Needs = [new("adapter.kind", "lora")],
        Synonyms = ["r", "lora_r", "lora_rank"],
    };

    public static readonly Key Alpha = new(Section, "alpha", "Alpha", KeyType.Number, "The update is scaled by alpha / rank.")
    {
        Default = new KeyValue.Number(32),
        Range = KeyRange.Above(0),
        Needs = [new("adapter.kind", "lora")],
        Synonyms = ["lora_alpha"],
    };

    public static readonly Key Dropout = new(
        Section, "dropout", "Dropout", KeyType.Number, "The probability with which an input of the update is dropped in training.")
    {
        Default = new KeyValue.Number(0),
        Range = new(0, 1) { BelowMaximum = true },
        Needs = [new("adapter.kind", "lora")],
        Synonyms = ["lora_dropout"],
    };

    public static readonly Key UseRslora = new(
        Section, "use_rslora", "UseRslora", KeyType.Boolean,
        "Scales by alpha / sqrt(rank) instead (rank-stabilised LoRA, Kalajdzievski 2023).")
    {
        Default = new KeyValue.Boolean(false),
        Needs = [new("adapter.kind", "lora")],
        Synonyms = ["rslora", "peft_use_rslora", "rank_stabilized"],
    };

    public static readonly Key Targets = new(
        Section, "targets", "Targets", KeyType.ModuleList,
        "The linear layers to adapt, by the ends of their names; all-linear is all but the output head.")
    {
        Default = new KeyValue.List(new(["all-linear"])),
        Needs = [new("adapter.kind", "lora")],
        Synonyms = ["target_modules", "lora_target_modules", "lora_target", "modules", "keys", "lora_attn_modules"],
    };

    public static readonly Key UseDora = new(
        Section, "use_dora", "UseDora", KeyType.Boolean,
        "Trains the magnitude of each output row apart from its direction (DoRA, Liu et al. 2024).")
    {
        Default = new KeyValue.Boolean(false),
        Needs = [new("adapter.kind", "lora")],
        Synonyms = ["dora", "peft_use_dora", "weight_decomposed"],
    };

    public static readonly Key Initialization = new(Section, "initialization", "Initialization", KeyType.Choice, "The first values of the factors.")
    {
        Default = new KeyValue.Text("default"),
        CSharpType = "LoraInitialization",
        Choices =
        [
            new("default", "Default", "A random, B 0 (Hu et al. 2021)", "true", "kaiming", "kaiming_uniform"),
            new("gaussian", "Gaussian", "A normal with the deviation 1 / rank, B 0"),
            new("orthogonal", "Orthogonal", "halves of an orthogonal basis, so that neither factor is 0 and their product is; needs an even rank"),
            new("pissa", "Pissa", "the weight's largest singular values and vectors, which the base loses (Meng et al. 2024)"),
            new("olora", "Olora", "the first part of the weight's QR decomposition, which the base loses (Büyükakyüz 2024)"),
        ],
        Needs = [new("adapter.kind", "lora")],
        Synonyms = ["init_lora_weights", "peft_init_lora_weights", "pissa_init", "lora_init"],
    };

    public static readonly Key TargetPattern = new(
        Section, "target_pattern", "TargetPattern", KeyType.Pattern,
        "A regular expression that the whole path of a layer matches to be adapted, in place of targets.")
    {
        Absent = "targets decide",
        Excludes = ["adapter.targets"],
        Needs = [new("adapter.kind", "lora")],
        Synonyms = ["target_modules_regex", "target_regex"],
    };

    public static readonly Key ExcludeModules = new(
        Section, "exclude_modules", "ExcludeModules", KeyType.NameList, "Layers that are not adapted although targets mean them, by the ends of their names.")
    {
        Absent = "none",
        Needs = [new("adapter.kind", "lora")],
        Synonyms = ["excluded_modules", "exclude_targets"],
    };

    public static readonly Key ExcludePattern = new(
        Section, "exclude_pattern", "ExcludePattern", KeyType.Pattern, "The same as a regular expression that the whole path matches.")
    {
        Absent = "none",
        Excludes = ["adapter.exclude_modules"],
        Needs = [new("adapter.kind", "lora")],
    };

    public static readonly Key LayersToTransform = new(
        Section, "layers_to_transform", "LayersToTransform", KeyType.IntegerList, "The blocks whose layers are adapted, counted from 0.")
    {
        Absent = "all blocks",
        Range = KeyRange.AtLeast(0),
        Excludes = ["adapter.target_pattern"],
        Needs = [new("adapter.kind", "lora")],
        Synonyms = ["peft_layers_to_transform", "lora_layers", "num_layers_to_transform"],
    };

    public static readonly Key LayersPattern = new(
        Section, "layers_pattern", "LayersPattern", KeyType.NameList, "The names of the lists that layers_to_transform counts in, such as layers.")
    {
        Absent = "any list of blocks",
        Needs = [new("adapter.layers_to_transform")],
        Synonyms = ["peft_layers_pattern"],
    };

    public static readonly Key RankPattern = new(
        Section, "rank_pattern", "RankPattern", KeyType.NumberMap,
        "Ranks of some layers: regular expressions of the ends of their names to ranks; the first that matches counts.")
    {
        Absent = "rank holds for all",
        Range = KeyRange.AtLeast(1),
        Whole = true,
        Needs = [new("adapter.kind", "lora")],
        Synonyms = ["lora_rank_pattern", "ranks"],
    };

    public static readonly Key AlphaPattern = new(
        Section, "alpha_pattern", "AlphaPattern", KeyType.NumberMap, "The same for alpha.")
    {
        Absent = "alpha holds for all",
        Range = KeyRange.Above(0),
        Needs = [new("adapter.kind", "lora")],
        Synonyms = ["lora_alpha_pattern", "alphas"],
    };

    public static readonly Key Bias = new(Section, "bias", "Bias", KeyType.Choice, "Which biases of the base model are trained too.")
    {
        Default = new KeyValue.Text("none"),
        CSharpType = "LoraBiases",
        Choices =
        [
            new("none", "None", "none of them"),
            new("all", "All", "all of them"),
            new("lora_only", "LoraOnly", "those of the adapted layers"),
        ],
        Needs = [new("adapter.kind", "lora")],
        Synonyms = ["train_bias", "lora_train_bias"],
    };

    public static readonly Key LoraBias = new(
        Section, "lora_bias", "LoraBias", KeyType.Boolean, "Whether the factor B has a bias, which is trained and scaled with it.")
    {
        Default = new KeyValue.Boolean(false),
        Needs = [new("adapter.kind", "lora")],
    };

    public static readonly Key ModulesToSave = new(
        Section, "modules_to_save", "ModulesToSave", KeyType.NameList,
        "Modules that are trained whole and saved with the adapter, such as embed_tokens or lm_head.")
    {
        Absent = "none",
        Needs = [new("adapter.kind", "lora")],
        Synonyms = ["lora_modules_to_save", "additional_target", "additional_trainable_modules"],
    };

    public static readonly Key EnsureWeightTying = new(
        Section, "ensure_weight_tying", "EnsureWeightTying", KeyType.Boolean,
        "Whether embedding and output head stay one weight, where the model has them so, when one of them is trained.")
    {
        Default = new KeyValue.Boolean(false),
        Needs = [new("adapter.modules_to_save")],
        Synonyms = ["peft_ensure_weight_tying"],
    };

    public static readonly Key[] All =
    [
        Kind, Rank, Alpha, Dropout, UseRslora, UseDora, Initialization, Targets, TargetPattern, ExcludeModules, ExcludePattern,
        LayersToTransform, LayersPattern, RankPattern, AlphaPattern, Bias, LoraBias, ModulesToSave, EnsureWeightTying,
    ];
}
