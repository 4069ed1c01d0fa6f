namespace FineTune.App.Import;

/// <summary>What the tools do where a configuration says nothing, as far as recipes have other defaults.</summary>
internal static class ImportDefaults
{
    /// <summary>The settings that a tool assumes.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="isRewarded">Whether it trains by GRPO.</param>
    public static IReadOnlyList<(string Name, string Value)> Of(ConfigurationTool tool, bool isRewarded) => tool switch
    {
        ConfigurationTool.Trl when isRewarded => [("per_device_train_batch_size", "8"), ("num_train_epochs", "3"), ("learning_rate", "1e-6"), ("lr_scheduler_type", "linear"), ("max_completion_length", "512")],
        ConfigurationTool.Axolotl =>
            [("sequence_len", "512"), ("micro_batch_size", "1"), ("gradient_accumulation_steps", "1"), ("num_epochs", "1"), ("lr_scheduler", "cosine"), ("excess_length_strategy", "drop")],
        // Those of transformers' trainer, and of LLaMA-Factory itself.
        ConfigurationTool.LlamaFactory =>
        [
            ("cutoff_len", "2048"), ("per_device_train_batch_size", "8"), ("num_train_epochs", "3"), ("learning_rate", "5e-5"),
            ("lr_scheduler_type", "linear"), ("truncation_mode", "keep_start"),
        ],
        ConfigurationTool.Trl =>
            [("max_length", "1024"), ("per_device_train_batch_size", "8"), ("num_train_epochs", "3"), ("learning_rate", "2e-5"), ("lr_scheduler_type", "linear"), ("truncation_mode", "keep_start")],
        _ => [("r", "8"), ("lora_alpha", "8")],
    };

    /// <summary>What a tool assumes of an adapter.</summary>
    public static IReadOnlyList<(string Name, string Value)> OfAdapter(ConfigurationTool tool) => tool switch
    {
        ConfigurationTool.LlamaFactory => [("lora_rank", "8")],
        ConfigurationTool.Trl => [("lora_r", "16"), ("lora_alpha", "32"), ("lora_dropout", "0.05")],
        _ => [],
    };
}
