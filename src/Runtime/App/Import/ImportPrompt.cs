namespace FineTune.App.Import;

/// <summary>The prompt templates that stand for the row types of other tools.</summary>
internal static class ImportPrompt
{
    /// <summary>Where nothing is known of the rows.</summary>
    public const string Unknown = "{prompt}\n{completion|completion}";

    /// <summary>Text alone.</summary>
    public const string Text = "{text|completion}";

    /// <summary>Stanford Alpaca's template, which axolotl's type <c>alpaca</c> and LLaMA-Factory's <c>alpaca</c> have.</summary>
    public const string Alpaca =
        "Below is an instruction that describes a task, paired with an input that provides further context. "
        + "Write a response that appropriately completes the request.\n\n"
        + "### Instruction:\n{instruction}\n\n### Input:\n{input}\n\n### Response:\n{output|completion}";

    /// <summary>The template of an axolotl type by name, or null.</summary>
    public static string? OfType(string type) => type.Split(':', '.')[0] switch
    {
        "alpaca" => Alpaca,
        "completion" or "pretrain" => Text,
        "alpaca_chat" or "alpaca_w_system" => Alpaca,
        _ => null,
    };

    /// <summary>The template of an axolotl type that describes itself by fields and a format.</summary>
    public static string OfFields(ConfigurationNode type)
    {
        var (instruction, input, output) = (Field("field_instruction", "instruction"), Field("field_input", "input"), Field("field_output", "output"));
        var format = type["format"]?.Text ?? type["no_input_format"]?.Text ?? "{instruction} {input}";
        // Every brace is text but those of the two fields.
        var prompt = format.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal)
            .Replace("{{instruction}}", $"{{{instruction}}}", StringComparison.Ordinal).Replace("{{input}}", $"{{{input}}}", StringComparison.Ordinal);
        return $"{prompt}{{{output}|completion}}";

        string Field(string name, string otherwise) => type[name]?.Text is { Length: > 0 } field ? field : otherwise;
    }

    /// <summary>The same template with every field trained.</summary>
    public static string Trained(string prompt) =>
        System.Text.RegularExpressions.Regex.Replace(prompt, @"(?<!\{)\{([^{}|]+)\}(?!\})", "{$1|completion}");
}
