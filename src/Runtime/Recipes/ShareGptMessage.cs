using System.Buffers;
using System.Text.Json;
using FineTune.Prompts;

namespace FineTune.Recipes;

/// <summary>Messages as ShareGPT and the tools that followed it write them: <c>{"from": "human", "value": "…"}</c>.</summary>
internal static class ShareGptMessage
{
    private static readonly Dictionary<string, string> Roles = new(StringComparer.OrdinalIgnoreCase)
    {
        ["human"] = "user",
        ["user"] = "user",
        ["prompter"] = "user",
        ["gpt"] = "assistant",
        ["assistant"] = "assistant",
        ["chatgpt"] = "assistant",
        ["bot"] = "assistant",
        ["model"] = "assistant",
        ["ai"] = "assistant",
        ["system"] = "system",
        ["tool"] = "tool",
        ["observation"] = "tool",
        ["function_response"] = "tool",
        ["function"] = "tool",
        ["function_call"] = "function_call",
    };

    /// <exception cref="RowException">The message has no role or content, or a call of a tool is none.</exception>
    /// <exception cref="FineTuneException">FT5120: the role is unknown.</exception>
    public static ChatMessage Read(JsonElement message, string roleField, string contentField, string place)
    {
        var role = Text(message, roleField, place);
        if (!Roles.TryGetValue(role, out var meant))
        {
            throw new FineTuneException(
                "FT5120", $"'{place}' has the role '{role}', which ShareGPT does not have. Its roles are {string.Join(", ", Roles.Keys)}.");
        }

        return meant == "function_call" ? ReadCall(Text(message, contentField, place), place) : Rewrite(message, roleField, contentField, meant);
    }

    /// <summary>Gives a message the names that chat templates read.</summary>
    /// <exception cref="RowException">The message has no role.</exception>
    public static ChatMessage Rename(JsonElement message, string roleField, string contentField, string place) =>
        Rewrite(message, roleField, contentField, Text(message, roleField, place));

    private static ChatMessage ReadCall(string text, string place)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            JsonElement[] calls = root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray()] : [root];
            // With an empty text, as chat templates that concatenate it expect.
            return new ChatMessage("assistant", "")
            {
                ToolCalls = [.. calls.Select(call => new ChatToolCall(call.GetProperty("name").GetString()!, call.GetProperty("arguments").Clone()))],
            };
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new RowException($"'{place}' calls a tool, but is not a JSON object with 'name' and 'arguments'.");
        }
    }

    private static ChatMessage Rewrite(JsonElement message, string roleField, string contentField, string role)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("role", role);
            if (message.TryGetProperty(contentField, out var content))
            {
                writer.WritePropertyName("content");
                content.WriteTo(writer);
            }

            foreach (var property in message.EnumerateObject())
            {
                if (property.Name != roleField && property.Name != contentField && property.Name is not ("role" or "content"))
                    property.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return ChatMessage.FromJson(JsonElement.ParseValue(ref reader));
    }

    private static string Text(JsonElement message, string field, string place) =>
        message.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new RowException($"'{place}' has no text in '{field}'. Where rows call it otherwise, name it in data.role_field or data.content_field.");
}
