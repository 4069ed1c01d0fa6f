using System.Text.RegularExpressions;

namespace FineTune.App.Import;

/// <summary>The prompt templates that stand for the row types of other tools.</summary>
internal static partial class ImportPrompt
{
    /// <summary>Where nothing is known of the rows.</summary>
    public const string Unknown = "{prompt}\n{completion|completion}";

    /// <summary>Stanford Alpaca's prompt, of columns with other names.</summary>
    public static string Alpaca(string instruction, string input, string output) =>
        "Below is an instruction that describes a task, paired with an input that provides further context. "
        + $"Write a response that appropriately completes the request.\n\n### Instruction:\n{{{instruction}}}\n\n### Input:\n{{{input}}}\n\n### Response:\n{{{output}|completion}}";

    /// <summary>The same without an input.</summary>
    public static string AlpacaWithoutInput(string instruction, string output) =>
        "Below is an instruction that describes a task. "
        + $"Write a response that appropriately completes the request.\n\n### Instruction:\n{{{instruction}}}\n\n### Response:\n{{{output}|completion}}";

    /// <summary>The template of an axolotl type that describes itself by fields and formats.</summary>
    public static string OfFields(ConfigurationNode type, ImportNotes notes)
    {
        var (instruction, input, output) = (Field("field_instruction", "instruction"), Field("field_input", "input"), Field("field_output", "output"));
        var (format, without) = (Text("format"), Text("no_input_format"));
        var hasInput = type["field_input"] is { IsNothing: false } || without is null;
        if (hasInput && without is not null && without != format)
            notes.Miss("'no_input_format': rows without an input are rendered by 'format' too; make a recipe of their own of them, or change them by Map.");
        var prompt = hasInput ? format ?? "{instruction} {input}" : without!;
        var system = Text("system_prompt") is { } fixedText ? Escape(fixedText) : type["field_system"]?.Text is { Length: > 0 } column ? $"{{{column}}}" : null;
        var begin = system is null ? "" : Escape(Text("system_format") ?? "{system}").Replace("{{system}}", system, StringComparison.Ordinal);
        // Every brace is text but those of the two fields.
        return begin + Escape(prompt).Replace("{{instruction}}", $"{{{instruction}}}", StringComparison.Ordinal).Replace("{{input}}", $"{{{input}}}", StringComparison.Ordinal)
            + $"{{{output}|completion}}";

        string Field(string name, string otherwise) => type[name]?.Text is { Length: > 0 } field ? field : otherwise;

        // axolotl takes '\n' in a text for a line break.
        string? Text(string name) => type[name]?.Text is { Length: > 0 } text ? text.Replace("\\n", "\n", StringComparison.Ordinal) : null;
    }

    /// <summary>The same template with every field trained.</summary>
    public static string Trained(string prompt) => FieldPattern().Replace(prompt, "{$1|completion}");

    private static string Escape(string text) => text.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);

    [GeneratedRegex(@"(?<!\{)\{([^{}|]+)\}(?!\})")]
    private static partial Regex FieldPattern();
}
