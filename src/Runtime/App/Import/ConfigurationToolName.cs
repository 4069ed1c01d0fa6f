namespace FineTune.App.Import;

/// <summary>How users write the tools' names.</summary>
internal static class ConfigurationToolName
{
    public static string Of(ConfigurationTool tool) => tool switch
    {
        ConfigurationTool.Axolotl => "axolotl",
        ConfigurationTool.LlamaFactory => "LLaMA-Factory",
        ConfigurationTool.Trl => "TRL",
        _ => "PEFT",
    };
}
