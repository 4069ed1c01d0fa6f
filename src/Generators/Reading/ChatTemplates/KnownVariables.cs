namespace FineTune.Reading.ChatTemplates;

/// <summary>The variables that chat templates are given, or that models' templates ask for.</summary>
internal static class KnownVariables
{
    public static readonly IReadOnlyList<string> All =
    [
        "messages", "tools", "documents", "add_generation_prompt", "bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token",
        "enable_thinking", "thinking", "reasoning_effort", "date_string", "datetime", "functions", "custom_tools", "builtin_tools", "tools_in_user_message",
        "citation_mode", "safety_mode", "model_identity", "add_vision_id", "preserve_thinking",
    ];
}
