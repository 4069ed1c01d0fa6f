namespace FineTune.Prompts.Templates;

/// <summary>
/// Which parts of a rendered conversation the loss counts: what generation blocks wrote, or what a message adds to the text of
/// the messages before it. The token that ends a turn belongs to it.
/// </summary>
internal sealed class ChatTraining
{
    private const string Assistant = "assistant";
    private const string NotPrefixPreservingCode = "FT5507";

    private readonly ChatTemplate _template;
    private readonly IReadOnlyList<ChatMessage> _messages;
    private readonly ChatRenderOptions _options;
    private readonly TrainOn _trainOn;
    private readonly TemplateOutput _whole;
    private readonly Dictionary<(int Count, bool Prompt), string> _prefixes = [];

    private ChatTraining(ChatTemplate template, IReadOnlyList<ChatMessage> messages, TrainOn trainOn, ChatRenderOptions options)
    {
        (_template, _messages, _trainOn, _options) = (template, messages, trainOn, options);
        _whole = ChatRendering.Render(template, messages, options);
    }

    public static RenderedChat Render(ChatTemplate template, IReadOnlyList<ChatMessage> messages, TrainOn trainOn, ChatRenderOptions options)
    {
        var training = new ChatTraining(template, messages, trainOn, options);
        return new(training._whole.Text, Merge(training.Spans()));
    }

    private List<TrainedSpan> Spans()
    {
        var trained = Enumerable.Range(0, _messages.Count).Where(IsTrained).ToList();
        if (trained.Count == 0)
            return [];
        if (_trainOn == TrainOn.All && trained.Count == _messages.Count)
            return [new(0, _whole.Text.Length)];
        if (_template.HasGenerationBlocks && _trainOn != TrainOn.All && trained.TrueForAll(index => _messages[index].Role == Assistant))
            return BlockSpans(trained);
        return trained.ConvertAll(SpanOf);
    }

    private bool IsTrained(int index) => _messages[index].Train ?? _trainOn switch
    {
        TrainOn.All => true,
        TrainOn.Assistant => _messages[index].Role == Assistant,
        TrainOn.Last => _messages[index].Role == Assistant && _messages.Skip(index + 1).All(message => message.Role != Assistant),
        _ => false,
    };

    /// <summary>The parts of generation blocks; where not all messages of the assistant are trained, one part must be one message.</summary>
    private List<TrainedSpan> BlockSpans(List<int> trained)
    {
        if (_whole.LostSpans)
        {
            throw new FineTuneException(
                "FT5512",
                "The chat template changes the text of a {% generation %} block after the block, so that the trained parts are not known. "
                + "Apply the filter within the block.",
                _template.Place);
        }

        var spans = _whole.Spans.Where(span => span.End > span.Start).ToList();
        var assistants = Enumerable.Range(0, _messages.Count).Where(index => _messages[index].Role == Assistant).ToList();
        if (trained.Count == assistants.Count)
            return spans;
        if (spans.Count != assistants.Count)
        {
            throw new FineTuneException(
                "FT5511",
                $"The chat template has {spans.Count} generation blocks for {assistants.Count} messages of the assistant, so that it is not known which of them are trained. "
                + "Train on all messages of the assistant, or split the conversation.",
                _template.Place);
        }

        return [.. spans.OrderBy(span => span.Start).Where((_, index) => trained.Contains(assistants[index]))];
    }

    /// <summary>What a message adds to the text of those before it; of the assistant, without the header that asks it to write.</summary>
    private TrainedSpan SpanOf(int index)
    {
        var answers = _trainOn != TrainOn.All && _messages[index].Role == Assistant;
        try
        {
            var end = Prefix(index + 1, prompt: false).Length;
            var start = StartOf(index, answers);
            return new(start, EndOfTurn(index, start, end));
        }
        catch (FineTuneException exception) when (exception.Code == NotPrefixPreservingCode && answers)
        {
            if (MarkedTurn.Find(_template, _messages, index, _options, _whole.Text) is { } found)
                return found;
            throw;
        }
    }

    private int StartOf(int index, bool prompt)
    {
        if (index > 0)
            return Prefix(index, prompt).Length;
        if (!prompt)
            return 0;
        // Nothing comes before the first message that could be rendered: its header is what asking for one more adds.
        var one = Prefix(1, prompt: false);
        var header = Render(1, prompt: true) is var asked && asked.StartsWith(one, StringComparison.Ordinal) ? asked[one.Length..] : "";
        var at = header.Length > 0 ? one.IndexOf(header, StringComparison.Ordinal) : -1;
        return at >= 0 ? at + header.Length : throw NotPrefixPreserving(0);
    }

    // White space behind the token that ends a turn only separates it from the next.
    private int EndOfTurn(int index, int start, int end)
    {
        var trimmed = end;
        while (trimmed > start && PythonCharacters.IsSpace(_whole.Text[trimmed - 1]))
            trimmed--;
        var content = PythonStrings.Strip(_messages[index].Content ?? "", null);
        var marked = content.Length == 0 || !_whole.Text.AsSpan(start, trimmed - start).EndsWith(content, StringComparison.Ordinal);
        return marked ? trimmed : end;
    }

    private string Prefix(int count, bool prompt)
    {
        if (_prefixes.TryGetValue((count, prompt), out var known))
            return known;
        string prefix;
        try
        {
            prefix = count == _messages.Count && prompt == _options.AddGenerationPrompt ? _whole.Text : Render(count, prompt);
        }
        catch (FineTuneException exception) when (TemplateErrors.Of(exception) is not null)
        {
            throw NotPrefixPreserving(count - 1, exception);
        }

        if (!_whole.Text.StartsWith(prefix, StringComparison.Ordinal))
            prefix = WithoutEnd(prefix);
        if (!_whole.Text.StartsWith(prefix, StringComparison.Ordinal))
            throw NotPrefixPreserving(count - 1);
        return _prefixes[(count, prompt)] = prefix;
    }

    // Some templates end every conversation with the end-of-sequence token, wherever it ends.
    private string WithoutEnd(string text) =>
        _template.SpecialTokens.TryGetValue("eos_token", out var eos) && text.EndsWith(eos, StringComparison.Ordinal) ? text[..^eos.Length] : text;

    private string Render(int count, bool prompt) =>
        ChatRendering.Render(_template, [.. _messages.Take(count)], _options with { AddGenerationPrompt = prompt, ContinueFinalMessage = false }).Text;

    private FineTuneException NotPrefixPreserving(int index, Exception? inner = null) => new(
        NotPrefixPreservingCode,
        $"The chat template renders the first {index + 1} message(s) otherwise when more follow (it drops or adds text in earlier turns, such as reasoning), "
        + "so that the trained parts of the conversation are not known. Train on the last message (train_on: last), split the conversation into one row a turn, "
        + "or use a template with {% generation %} blocks.",
        _template.Place,
        inner);

    /// <summary>Parts in order, without empty ones, those that touch or overlap as one.</summary>
    private static List<TrainedSpan> Merge(List<TrainedSpan> spans)
    {
        var merged = new List<TrainedSpan>();
        foreach (var span in spans.Where(span => span.End > span.Start).OrderBy(span => span.Start).ThenBy(span => span.End))
        {
            if (merged.Count > 0 && span.Start <= merged[^1].End)
                merged[^1] = merged[^1] with { End = Math.Max(merged[^1].End, span.End) };
            else
                merged.Add(span);
        }

        return merged;
    }
}
