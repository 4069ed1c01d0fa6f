namespace FineTune.Prompts;

/// <summary>A prompt or a completion of a row: a text, or messages of a conversation.</summary>
public sealed record TextOrMessages
{
    private TextOrMessages()
    {
    }

    /// <summary>The text; <see langword="null"/> where there are messages.</summary>
    public string? Text { get; private init; }

    /// <summary>The messages; <see langword="null"/> where there is a text.</summary>
    public IReadOnlyList<ChatMessage>? Messages { get; private init; }

    /// <summary>A text.</summary>
    public static implicit operator TextOrMessages(string text) => Of(text);

    /// <summary>A text.</summary>
    public static TextOrMessages Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new() { Text = text };
    }

    /// <summary>Messages.</summary>
    public static TextOrMessages Of(IReadOnlyList<ChatMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return new() { Messages = messages };
    }

    /// <summary>As it is.</summary>
    public static TextOrMessages Of(TextOrMessages value) => value;
}
