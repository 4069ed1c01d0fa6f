namespace FineTune.Prompts;

/// <summary>The conversation that a prompt was rendered from.</summary>
/// <param name="Messages">Its messages.</param>
/// <param name="Contents">Where each message's text is in the prompt's; its start is negative where it is not there.</param>
/// <param name="Format">Renders the first so many messages, with or without the header that asks the assistant to write.</param>
internal sealed record PromptConversation(
    IReadOnlyList<ChatMessage> Messages, IReadOnlyList<(int Start, int End)> Contents, Func<int, bool, string> Format)
{
    /// <summary>The text that a model is given to go on with the conversation.</summary>
    public string Asked => Format(Messages.Count, true);

    /// <summary>The text of the first so many messages; <see langword="null"/> if the template refuses them.</summary>
    public string? Until(int messages)
    {
        try
        {
            return Format(messages, false);
        }
        catch (FineTuneException)
        {
            return null;
        }
    }

    /// <summary>Finds the messages in a rendered text, in their order.</summary>
    public static PromptConversation Of(IReadOnlyList<ChatMessage> messages, string text, Func<int, bool, string> format)
    {
        var contents = new List<(int, int)>();
        var from = 0;
        foreach (var message in messages)
        {
            var found = Find(message, text, from);
            // Some templates move a message, as a system text into the first turn.
            if (found.Start < 0)
                found = Find(message, text, 0);
            else
                from = found.End;
            contents.Add(found);
        }

        return new(messages, contents, format);
    }

    /// <summary>The texts of a message's content.</summary>
    public static IReadOnlyList<string> Texts(ChatMessage message) =>
        [.. (message.Content is { } content ? [content] : (message.Parts ?? []).Select(part => part.Text ?? "")).Select(Shown).Where(text => text.Length > 0)];

    private static (int Start, int End) Find(ChatMessage message, string text, int from)
    {
        var (start, end) = (-1, from);
        foreach (var part in Texts(message))
        {
            var at = text.IndexOf(part, end, StringComparison.Ordinal);
            if (at < 0)
                return (-1, from);
            start = start < 0 ? at : start;
            end = at + part.Length;
        }

        // What has no text of its own, such as a call of a tool, is nowhere and everywhere.
        return start < 0 ? (from, from) : (start, end);
    }

    // Templates of reasoning models drop what an earlier turn thought, and nearly all trim white space.
    private static string Shown(string content)
    {
        var thought = content.LastIndexOf("</think>", StringComparison.Ordinal);
        return (thought < 0 ? content : content[(thought + "</think>".Length)..]).Trim();
    }
}
