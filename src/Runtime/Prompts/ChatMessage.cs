using System.Text.Json;
using FineTune.Prompts.Templates;

namespace FineTune.Prompts;

/// <summary>
/// A message of a conversation, as chat templates see it: fields in order, of which the usual ones have properties. It does not
/// change once it is built.
/// </summary>
public sealed class ChatMessage
{
    private const string RoleField = "role";
    private const string ContentField = "content";
    private const string ReasoningField = "reasoning_content";
    private const string ToolCallsField = "tool_calls";
    private const string ToolCallIdField = "tool_call_id";
    private const string NameField = "name";

    private TemplateDict? _prepared;
    private long? _length;

    /// <summary>Creates a message with a role and a text.</summary>
    public ChatMessage(string role, string? content = null)
    {
        Values = new TemplateDict();
        Values.Set(RoleField, role);
        if (content is not null)
            Values.Set(ContentField, content);
    }

    private ChatMessage(TemplateDict values) => Values = values;

    /// <summary>Who speaks: <c>system</c>, <c>user</c>, <c>assistant</c>, <c>tool</c> or what the template knows; empty if the message has none.</summary>
    public string Role => Text(RoleField) ?? "";

    /// <summary>The text; <see langword="null"/> where there is none, or where it consists of <see cref="Parts"/>.</summary>
    public string? Content
    {
        get => Text(ContentField);
        init => Set(ContentField, value);
    }

    /// <summary>The content where it consists of parts, such as texts and images; stored in place of <see cref="Content"/>.</summary>
    public IReadOnlyList<ChatPart>? Parts
    {
        get => (Field(ContentField) as TemplateList)?.Items.OfType<TemplateDict>().Select(ChatPart.FromValues).ToList();
        init => Set(ContentField, value is null ? null : new TemplateList(value.Select(part => (object?)part.ToValues())));
    }

    /// <summary>What the model thought before it answered.</summary>
    public string? ReasoningContent
    {
        get => Text(ReasoningField);
        init => Set(ReasoningField, value);
    }

    /// <summary>The tools that an assistant's message calls.</summary>
    public IReadOnlyList<ChatToolCall>? ToolCalls
    {
        get => (Field(ToolCallsField) as TemplateList)?.Items.OfType<TemplateDict>().Select(ChatToolCall.FromValues).ToList();
        init => Set(ToolCallsField, value is null ? null : new TemplateList(value.Select(call => (object?)call.ToValues())));
    }

    /// <summary>The call that a tool's message answers.</summary>
    public string? ToolCallId
    {
        get => Text(ToolCallIdField);
        init => Set(ToolCallIdField, value);
    }

    /// <summary>The name of the speaker or of the tool.</summary>
    public string? Name
    {
        get => Text(NameField);
        init => Set(NameField, value);
    }

    /// <summary>
    /// Whether the loss counts this message, whatever its role; <see langword="null"/>: the recipe decides (<see cref="TrainOn"/>).
    /// Templates do not see it.
    /// </summary>
    public bool? Train { get; init; }

    /// <summary>Further fields, which templates may read. They follow the usual ones.</summary>
    public IReadOnlyDictionary<string, JsonElement> Fields
    {
        init
        {
            foreach (var (key, element) in value)
                Values.Set(key, JsonValues.Read(element));
        }
    }

    /// <summary>The fields.</summary>
    internal TemplateDict Values { get; }

    /// <summary>The fields as templates see them: without null, with what the model thought under the names that templates read.</summary>
    internal TemplateDict Prepared => _prepared ??= MessagePreparation.Prepare(Values);

    /// <summary>The characters of all texts in it.</summary>
    internal long Length => _length ??= MessagePreparation.Length(Values);

    /// <summary>
    /// Reads a message of a dataset: any object. Its fields keep their order and whatever values they have; the field
    /// <c>train</c>, if it is true or false, becomes <see cref="Train"/>.
    /// </summary>
    /// <exception cref="FineTuneException">FT5510: it is not an object.</exception>
    public static ChatMessage FromJson(JsonElement message)
    {
        if (message.ValueKind != JsonValueKind.Object)
            throw new FineTuneException("FT5510", $"A message must be an object with 'role' and 'content', not {JsonValues.Describe(message)}.");
        var train = message.TryGetProperty("train", out var flag) && flag.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? flag.GetBoolean()
            : (bool?)null;
        var values = new TemplateDict();
        foreach (var property in message.EnumerateObject())
        {
            if (train is null || property.Name != "train")
                values.Set(string.IsInterned(property.Name) ?? property.Name, JsonValues.Read(property.Value));
        }

        return new ChatMessage(values) { Train = train };
    }

    /// <summary>The same message with another text.</summary>
    internal ChatMessage WithContent(string content)
    {
        var values = Values.Copy();
        values.Set(ContentField, content);
        return new ChatMessage(values) { Train = Train };
    }

    /// <summary>The same message with another <see cref="Train"/>.</summary>
    internal ChatMessage WithTrain(bool? train) => new(Values) { Train = train };

    private object? Field(string name) => Values.TryGet(name, out var value) ? value : null;

    private string? Text(string name) => Field(name) as string;

    private void Set(string name, object? value)
    {
        if (value is not null)
            Values.Set(name, value);
    }
}
