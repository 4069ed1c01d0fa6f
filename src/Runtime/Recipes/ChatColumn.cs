using System.Text.Json;
using FineTune.Prompts;

namespace FineTune.Recipes;

/// <summary>Reads columns of conversations; generated row readers call it.</summary>
public static class ChatColumn
{
    /// <summary>Reads messages: a list of objects, or a text that is such a list in JSON.</summary>
    /// <param name="reader">Stands at the column's value.</param>
    /// <param name="column">The column's name, for the message.</param>
    /// <exception cref="RowException">The value is no list of objects.</exception>
    public static List<ChatMessage> ReadMessages(ref Utf8JsonReader reader, string column) =>
        [.. Objects(ReadList(ref reader, column), column).Select(ChatMessage.FromJson)];

    /// <summary>Reads messages whose fields have other names, with the roles of ShareGPT (<c>human</c>, <c>gpt</c> and others) translated.</summary>
    /// <param name="reader">Stands at the column's value.</param>
    /// <param name="column">The column's name, for the message.</param>
    /// <param name="role">The field of the role, such as <c>from</c>.</param>
    /// <param name="content">The field of the content, such as <c>value</c>.</param>
    /// <exception cref="RowException">The value is no list of such messages.</exception>
    public static List<ChatMessage> ReadShareGpt(ref Utf8JsonReader reader, string column, string role, string content) =>
        [.. Objects(ReadList(ref reader, column), column).Select((message, index) => ShareGptMessage.Read(message, role, content, $"{column}[{index}]"))];

    /// <summary>Reads messages whose fields have other names.</summary>
    /// <inheritdoc cref="ReadShareGpt"/>
    public static List<ChatMessage> ReadMessages(ref Utf8JsonReader reader, string column, string role, string content) =>
        [.. Objects(ReadList(ref reader, column), column).Select((message, index) => ShareGptMessage.Rename(message, role, content, $"{column}[{index}]"))];

    /// <summary>Reads tools: a list of objects, or a text that is such a list in JSON; an empty one is none.</summary>
    /// <inheritdoc cref="ReadMessages(ref Utf8JsonReader, string)"/>
    /// <returns>The tools; <see langword="null"/> if there are none.</returns>
    public static JsonElement? ReadTools(ref Utf8JsonReader reader, string column)
    {
        if (reader.TokenType == JsonTokenType.Null || (reader.TokenType == JsonTokenType.String && string.IsNullOrWhiteSpace(reader.GetString())))
            return null;
        var tools = ReadList(ref reader, column);
        return tools.GetArrayLength() == 0 ? null : tools;
    }

    /// <summary>Reads a text, or a list of messages.</summary>
    /// <inheritdoc cref="ReadMessages(ref Utf8JsonReader, string)"/>
    public static TextOrMessages ReadTextOrMessages(ref Utf8JsonReader reader, string column) =>
        reader.TokenType == JsonTokenType.String ? TextOrMessages.Of(reader.GetString()!)
        : reader.TokenType == JsonTokenType.StartArray ? TextOrMessages.Of(ReadMessages(ref reader, column))
        : throw new RowException($"Column '{column}' must be a text or a list of messages, but is {JsonKind.Describe(reader.TokenType)}.");

    private static JsonElement ReadList(ref Utf8JsonReader reader, string column)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
            return JsonElement.ParseValue(ref reader);
        if (reader.TokenType == JsonTokenType.String && reader.GetString() is { } text && text.AsSpan().TrimStart().StartsWith("["))
        {
            try
            {
                return JsonElement.Parse(text);
            }
            catch (JsonException exception)
            {
                throw new RowException($"Column '{column}' is a text that looks like a list, but is not valid JSON: {exception.Message}");
            }
        }

        throw new RowException($"Column '{column}' must be a list, but is {JsonKind.Describe(reader.TokenType)}.");
    }

    private static IEnumerable<JsonElement> Objects(JsonElement list, string column)
    {
        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object)
                throw new RowException($"Column '{column}[{index}]' must be a message, which is an object with a role and a content.");
            yield return item;
            index++;
        }
    }
}
