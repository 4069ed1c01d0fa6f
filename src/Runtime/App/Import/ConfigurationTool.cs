namespace FineTune.App.Import;

/// <summary>The tools whose configurations become recipes.</summary>
internal enum ConfigurationTool
{
    Axolotl,
    LlamaFactory,

    /// <summary>TRL's command line, whose YAML has the arguments of transformers' trainer.</summary>
    Trl,

    /// <summary>The <c>adapter_config.json</c> beside an adapter.</summary>
    Peft,
}
