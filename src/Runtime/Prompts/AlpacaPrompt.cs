namespace FineTune.Prompts;

/// <summary>The two prompts of Stanford Alpaca (Taori et al. 2023), with and without an input, as its released texts have them.</summary>
internal static class AlpacaPrompt
{
    private const string WithInput =
        "Below is an instruction that describes a task, paired with an input that provides further context. Write a response that appropriately completes the request.\n\n";

    private const string WithoutInput = "Below is an instruction that describes a task. Write a response that appropriately completes the request.\n\n";

    public static string Of(string instruction, string? input) => string.IsNullOrEmpty(input)
        ? $"{WithoutInput}### Instruction:\n{instruction}\n\n### Response:\n"
        : $"{WithInput}### Instruction:\n{instruction}\n\n### Input:\n{input}\n\n### Response:\n";
}
