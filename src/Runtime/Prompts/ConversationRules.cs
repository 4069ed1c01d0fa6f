using System.Text.Json;

namespace FineTune.Prompts;

/// <summary>What a conversation must be for training on it to mean something.</summary>
internal static class ConversationRules
{
    private static readonly string[] Known = ["system", "developer", "user", "assistant", "tool"];

    private static readonly Dictionary<string, string> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["human"] = "user",
        ["gpt"] = "assistant",
        ["bot"] = "assistant",
        ["chatgpt"] = "assistant",
        ["model"] = "assistant",
        ["ai"] = "assistant",
        ["observation"] = "tool",
        ["function_response"] = "tool",
        ["function_call"] = "assistant",
    };

    /// <exception cref="FineTuneException">
    /// FT5120: a role is unknown; FT5121: a trained message is empty; FT5122: there are no messages; FT5127: the template ignores tools.
    /// </exception>
    public static void Check(IReadOnlyList<ChatMessage> messages, JsonElement? tools, ChatTemplate template, TrainOn trainOn)
    {
        if (messages.Count == 0)
            throw new FineTuneException("FT5122", "The conversation has no messages. Remove the row.");
        for (var i = 0; i < messages.Count; i++)
            CheckMessage(messages[i], i, template, trainOn);
        if (tools is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0 && !template.Source.Contains("tools", StringComparison.Ordinal))
        {
            throw new FineTuneException(
                "FT5127", "The row has tools, but the chat template never reads 'tools', so that the model would not see them. Use a template that does (data.chat_template), or remove the column.");
        }
    }

    private static void CheckMessage(ChatMessage message, int index, ChatTemplate template, TrainOn trainOn)
    {
        var role = message.Role;
        // A template may know further roles; then it names them.
        if (!Known.Contains(role) && (role.Length == 0 || !Mentions(template.Source, role)))
            throw UnknownRole(role, index);
        var trained = message.Train ?? (trainOn == TrainOn.All || (trainOn != TrainOn.None && role == "assistant"));
        if (trained && role == "assistant" && IsEmpty(message))
        {
            throw new FineTuneException(
                "FT5121", $"Message {index + 1} is the assistant's, and empty: the model would learn to say nothing. Remove the row, or give the message 'train': false.");
        }
    }

    /// <summary>Whether a message says nothing: no text, no parts, no calls.</summary>
    public static bool IsEmpty(ChatMessage message) =>
        string.IsNullOrWhiteSpace(message.Content) && message.Parts is not { Count: > 0 } && message.ToolCalls is not { Count: > 0 } && string.IsNullOrWhiteSpace(message.ReasoningContent);

    private static bool Mentions(string template, string role) =>
        template.Contains($"'{role}'", StringComparison.Ordinal) || template.Contains($"\"{role}\"", StringComparison.Ordinal);

    private static FineTuneException UnknownRole(string role, int index)
    {
        var advice = role.Length == 0 ? "Give it a 'role'; where rows call it otherwise, as 'from', name that in data.role_field, or write 'type: sharegpt'."
            : Aliases.TryGetValue(role, out var meant) ? $"It is '{meant}' here: write 'type: sharegpt' in 'data', which translates such roles, or change the rows."
            : $"Roles are {string.Join(", ", Known)}, and those that the chat template names.";
        return new FineTuneException("FT5120", $"Message {index + 1} has {(role.Length == 0 ? "no role" : $"the role '{role}', which neither the field nor the chat template knows")}. {advice}");
    }
}
