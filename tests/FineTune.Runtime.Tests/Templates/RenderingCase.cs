using System.Text.Json;
using System.Text.Json.Nodes;
using FineTune.Prompts;
using FineTune.Prompts.Templates;

namespace FineTune.Tests.Templates;

/// <summary>A case of conformance/templates/renderings as the arguments of a rendering.</summary>
internal sealed class RenderingCase
{
    private static readonly Lazy<JsonElement> Conversations = new(() => TemplateCases.File("conversations.json")!.Value);

    public RenderingCase(JsonElement test)
    {
        Messages = [.. ReadMessages(test).Select(ChatMessage.FromJson)];
        var open = test.TryGetProperty("continue_final_message", out var given) && given.ValueKind is not (JsonValueKind.False or JsonValueKind.Null);
        Options = new ChatRenderOptions
        {
            AddGenerationPrompt = test.GetProperty("add_generation_prompt").GetBoolean(),
            ContinueFinalMessage = open,
            ContinueFinalField = open && given.ValueKind == JsonValueKind.String ? given.GetString() : null,
            Tools = test.TryGetProperty("tools", out var tools) && tools.ValueKind == JsonValueKind.String ? Named("tools", tools) : null,
            Variables = test.TryGetProperty("kwargs", out var variables) ? ReadVariables(variables) : null,
            Now = TemplateCases.Now,
        };
    }

    public IReadOnlyList<ChatMessage> Messages { get; }

    public ChatRenderOptions Options { get; }

    /// <summary>A conversation's messages.</summary>
    public static IEnumerable<JsonElement> Conversation(string id) => Conversations.Value.GetProperty("conversations").EnumerateArray()
        .First(conversation => conversation.GetProperty("id").GetString() == id).GetProperty("messages").EnumerateArray();

    private static IEnumerable<JsonElement> ReadMessages(JsonElement test)
    {
        var messages = Conversation(test.GetProperty("conversation").GetString()!);
        return test.TryGetProperty("parts", out var parts) && parts.GetBoolean() ? messages.Select(InParts) : messages;
    }

    private static JsonElement InParts(JsonElement message)
    {
        var copy = JsonNode.Parse(message.GetRawText())!.AsObject();
        if (copy["content"] is JsonValue content && content.TryGetValue<string>(out var text))
            copy["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = text });
        return JsonSerializer.SerializeToElement(copy);
    }

    private static Dictionary<string, JsonElement> ReadVariables(JsonElement variables) => variables.EnumerateObject().ToDictionary(
        variable => variable.Name,
        variable => (variable.Name, variable.Value.ValueKind) switch
        {
            ("documents", JsonValueKind.String) => Named("documents", variable.Value),
            ("custom_tools", JsonValueKind.String) => Named("tools", variable.Value),
            ("functions", JsonValueKind.String) => JsonSerializer.SerializeToElement(JsonText.Write(JsonValues.Read(Named("tools", variable.Value)))),
            _ => variable.Value,
        });

    private static JsonElement Named(string list, JsonElement name) => Conversations.Value.GetProperty(list).GetProperty(name.GetString()!);
}
