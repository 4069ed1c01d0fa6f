namespace FineTune.Prompts.Templates;

/// <summary>
/// Finds a turn of the assistant in a text whose earlier part depends on what follows: where the message's content ends is seen by a mark
/// behind it, what ends the turn by the same conversation up to it, and where the turn begins by the header that asks the assistant to
/// write. Nothing is guessed: the mark must have changed nothing else, and the header and the end must be there.
/// </summary>
internal sealed class MarkedTurn
{
    // Two characters for private use: in no text, and no white space.
    private const string Mark = "\ue0f0\ue0f1";

    private readonly ChatTemplate _template;
    private readonly IReadOnlyList<ChatMessage> _messages;
    private readonly int _index;
    private readonly ChatRenderOptions _options;
    private readonly ChatMessage _marked;
    private readonly string _content;

    private MarkedTurn(ChatTemplate template, IReadOnlyList<ChatMessage> messages, int index, ChatRenderOptions options)
    {
        (_template, _messages, _index, _options) = (template, messages, index, options with { ContinueFinalMessage = false });
        var content = messages[index].Content!;
        _content = PythonStrings.Strip(content, null);
        var end = PythonStrings.Strip(content, null, start: false).Length;
        _marked = messages[index].WithContent(content[..end] + Mark + content[end..]);
    }

    /// <summary>The part of a message's turn; <see langword="null"/> where it cannot be told.</summary>
    public static TrainedSpan? Find(ChatTemplate template, IReadOnlyList<ChatMessage> messages, int index, ChatRenderOptions options, string whole)
    {
        if (string.IsNullOrWhiteSpace(messages[index].Content))
            return null;
        try
        {
            return new MarkedTurn(template, messages, index, options).Find(whole);
        }
        catch (FineTuneException exception) when (TemplateErrors.Of(exception) is not null)
        {
            return null;
        }
    }

    private TrainedSpan? Find(string whole)
    {
        if (ContentEnd(_messages.Count, _options.AddGenerationPrompt, whole) is not { } end)
            return null;
        var contentStart = whole.AsSpan(0, end).EndsWith(_content, StringComparison.Ordinal) ? end - _content.Length : end;
        if (Start(whole, contentStart) is not { } start || EndOfTurn() is not { } ending)
            return null;
        if (!whole.AsSpan(end).StartsWith(ending, StringComparison.Ordinal))
            ending = PythonStrings.Strip(WithoutEnd(ending), null, start: false);
        return whole.AsSpan(end).StartsWith(ending, StringComparison.Ordinal) ? new(start, end + ending.Length) : null;
    }

    /// <summary>Where the assistant begins to write: behind its header.</summary>
    private int? Start(string whole, int contentStart)
    {
        var before = _messages.Take(Math.Max(1, _index)).ToList();
        var (asked, text) = (Render(before, prompt: true), Render(before, prompt: false));
        if (!asked.StartsWith(text, StringComparison.Ordinal))
            text = WithoutEnd(text);
        if (!asked.StartsWith(text, StringComparison.Ordinal) || asked.Length == text.Length)
            return null;
        var header = asked[text.Length..];
        if (whole[..contentStart].LastIndexOf(header, StringComparison.Ordinal) is var at and >= 0)
            return at + header.Length;
        // The header may already begin what the model is to think, which earlier turns do not have.
        return _index > 0 && whole.StartsWith(text, StringComparison.Ordinal) && contentStart > text.Length
            && header.StartsWith(whole[text.Length..contentStart], StringComparison.Ordinal) ? contentStart : null;
    }

    /// <summary>Where the content ends in the text of the first messages.</summary>
    private int? ContentEnd(int count, bool prompt, string text)
    {
        var marked = Render([.. _messages.Take(count).Select((message, index) => index == _index ? _marked : message)], prompt);
        var at = marked.IndexOf(Mark, StringComparison.Ordinal);
        return at >= 0 && marked.Length == text.Length + Mark.Length && marked.Remove(at, Mark.Length) == text ? at : null;
    }

    /// <summary>What follows the content in its turn, without the white space that separates it from the next.</summary>
    private string? EndOfTurn()
    {
        var text = Render([.. _messages.Take(_index + 1)], prompt: false);
        if (ContentEnd(_index + 1, prompt: false, text) is not { } end)
            return null;
        return PythonStrings.Strip(text[end..], null, start: false);
    }

    // Some templates end every conversation with the end-of-sequence token, wherever it ends.
    private string WithoutEnd(string text) =>
        _template.SpecialTokens.TryGetValue("eos_token", out var eos) && text.EndsWith(eos, StringComparison.Ordinal) ? text[..^eos.Length] : text;

    private string Render(IReadOnlyList<ChatMessage> messages, bool prompt) =>
        ChatRendering.Render(_template, messages, _options with { AddGenerationPrompt = prompt }).Text;
}
