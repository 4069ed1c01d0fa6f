namespace FineTune.Keys;

/// <summary>The keys of <c>model</c>.</summary>
internal static class ModelKeys
{
    public static readonly KeySection Section = new("model", ["BaseModel"], "Model", "The base model.")
    {
        Synonyms = ["base_model", "checkpointer"],
    };

    public static readonly Key Base = new(
        Section, "base", "Base", KeyType.Text, "The base model: a Hugging Face folder, relative to the project.")
    {
        Required = true,
        MissingCode = KeyCodes.MissingModel,
        Positional = true,
        Synonyms = ["base_model", "model_name_or_path", "model_name", "model_path", "pretrained_model_name_or_path", "checkpoint_dir", "path", "name", "model"],
    };

    public static readonly Key DType = new(
        Section, "dtype", "DType", KeyType.Choice, "The type of the stored base weights and of the products with them.")
    {
        Default = new KeyValue.Text("auto"),
        CSharpType = "ModelDType",
        Choices =
        [
            new("auto", "Auto", "weights as the checkpoint has them, products in the type that the machine is fast in"),
            new("float32", "Float32", "32-bit floating point", "fp32", "float", "f32", "full", "32", "32-true", "torch.float32"),
            new("bfloat16", "BFloat16", "16-bit brain floating point", "bf16", "bf16-true", "bf16-mixed", "torch.bfloat16"),
        ],
        Synonyms = ["torch_dtype", "precision", "infer_dtype", "data_type", "model_dtype"],
    };

    public static readonly Key Initialization = new(
        Section, "initialization", "Initialization", KeyType.Choice, "Where the first weights come from.")
    {
        Default = new KeyValue.Text("pretrained"),
        CSharpType = "ModelInitialization",
        Choices =
        [
            new("pretrained", "Pretrained", "the weights in the folder", "load", "checkpoint"),
            new("random", "Random", "random ones, by the seed; the folder needs only its configuration", "scratch", "from_scratch", "none"),
        ],
        Synonyms = ["train_from_scratch", "reinit_weights", "init", "init_weights", "initial_weights"],
    };

    public static readonly Key[] All = [Base, DType, Initialization];
}
