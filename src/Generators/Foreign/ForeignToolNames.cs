namespace FineTune.Foreign;

/// <summary>How messages name the tools.</summary>
internal static class ForeignToolNames
{
    private static readonly (ForeignTools Tool, string Name)[] Names =
    [
        (ForeignTools.Axolotl, "axolotl"), (ForeignTools.LlamaFactory, "LLaMA-Factory"), (ForeignTools.Trl, "TRL"),
        (ForeignTools.Peft, "PEFT"), (ForeignTools.Torchtune, "torchtune"), (ForeignTools.LitGpt, "litgpt"), (ForeignTools.MlxLm, "mlx-lm"),
    ];

    /// <summary>Such as <c>axolotl, TRL</c>.</summary>
    public static string Of(ForeignTools tools) =>
        string.Join(", ", Names.Where(pair => (tools & pair.Tool) != ForeignTools.None).Select(pair => pair.Name));
}
