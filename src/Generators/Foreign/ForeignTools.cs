namespace FineTune.Foreign;

/// <summary>The tools whose settings are recognised.</summary>
[Flags]
internal enum ForeignTools
{
    None = 0,
    Axolotl = 1,
    LlamaFactory = 2,

    /// <summary>TRL, and the arguments of transformers' trainer that it inherits.</summary>
    Trl = 4,
    Peft = 8,
    Torchtune = 16,
    LitGpt = 32,
    MlxLm = 64,
}
