namespace FineTune.Prompts;

/// <summary>
/// A rendered row: segments in order. Tokens are those of the whole text; which of them are trained follows from the
/// segments, never from searching token ids. The end-of-sequence token follows the last segment and is trained if that is;
/// the text of a conversation has its special tokens from its chat template, and gets no others.
/// </summary>
/// <param name="Segments">The pieces, none empty, neighbours of unlike kind.</param>
public sealed record Prompt(IReadOnlyList<PromptSegment> Segments)
{
    /// <summary>The whole text.</summary>
    public string Text => string.Concat(Segments.Select(segment => segment.Text));

    /// <summary>
    /// What a model is given to continue: the text before the first trained segment; of a conversation that before the assistant's
    /// last message.
    /// </summary>
    public string Context => Conversation is { } conversation
        ? conversation.Messages[^1].Role == "assistant" ? string.Concat(Segments.Take(LastTrained).Select(segment => segment.Text)) : conversation.Asked
        : string.Concat(Segments.TakeWhile(segment => !segment.Trained).Select(segment => segment.Text));

    /// <summary>What a model should answer to <see cref="Context"/>: the first trained segment; of a conversation the assistant's last message.</summary>
    public string Completion => Conversation is { } conversation
        ? conversation.Messages[^1] is { Role: "assistant" } last ? last.Content ?? Segments[LastTrained].Text : ""
        : Segments.FirstOrDefault(segment => segment.Trained).Text ?? "";

    /// <summary>The conversation that the text was rendered from; <see langword="null"/> for other rows.</summary>
    internal PromptConversation? Conversation { get; init; }

    /// <summary>Gives the scores of a completion by the recipe's rewards, in their order; <see langword="null"/> for a prompt of no recipe.</summary>
    internal Func<string, double?[]>? Judge { get; init; }

    private int LastTrained
    {
        get
        {
            for (var i = Segments.Count - 1; i > 0; i--)
            {
                if (Segments[i].Trained)
                    return i;
            }

            return 0;
        }
    }
}
