using FineTune.Model;

namespace FineTune.Emit;

/// <summary>Writes how a row of one of the field's shapes becomes a prompt.</summary>
internal static class ShapeText
{
    private const string TextOrMessages = "global::FineTune.Prompts.TextOrMessages.Of";

    public static string Format(ShapeModel shape)
    {
        return shape.Type switch
        {
            "text" => $"prompt.Completion({Row("text")});",
            "alpaca" => $"prompt.Alpaca({Row("instruction")}, {Row("input") ?? "null"}, {Row("output")});",
            "messages" => $"prompt.Messages({Row("messages")}{Named("tools")});",
            "sharegpt" => $"prompt.Messages({Row("conversations")}{Named("tools")}{Named("system")});",
            "prompt_completion" => $"prompt.PromptAndCompletion({TextOrMessages}({Row("prompt")}), {TextOrMessages}({Row("completion")}){Named("tools")});",
            _ => throw new InvalidOperationException($"Rows of type {shape.Type} are not rendered."),
        };

        string? Row(string column) => shape.Properties.FirstOrDefault(property => property.Column == column) is { } property ? "row." + Identifiers.Escape(property.Name) : null;

        string Named(string column) => Row(column) is { } value ? $", {column}: {value}" : "";
    }
}
