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

    public static readonly Key[] All = [Kind, Rank, Alpha, Dropout, UseRslora, Targets];
}
