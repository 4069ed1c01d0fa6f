using System.Text.Json;

namespace FineTune.Prompts;

/// <summary>Makes the prompt of a row; generated formatters write to it.</summary>
public sealed class PromptBuilder
{
    private readonly List<PromptSegment> _segments = [];
    private readonly ChatFormat? _chat;
    private Prompt? _conversation;

    /// <summary>Begins a prompt of text.</summary>
    public PromptBuilder()
    {
    }

    /// <summary>Begins a prompt of a recipe, which may be a conversation.</summary>
    internal PromptBuilder(ChatFormat chat)
    {
        _chat = chat;
    }

    /// <summary>Appends text that is not trained.</summary>
    public void Text(string text) => Append(text, trained: false);

    /// <summary>Appends text that is trained.</summary>
    public void Completion(string text) => Append(text, trained: true);

    /// <summary>Makes a conversation the prompt, rendered by the chat template of the recipe or its model.</summary>
    /// <param name="messages">The messages.</param>
    /// <param name="tools">The tools that may be called: a JSON array, or null.</param>
    /// <param name="system">A system message that stands apart from the others.</param>
    /// <exception cref="FineTuneException">The conversation cannot be trained on.</exception>
    public void Messages(IReadOnlyList<ChatMessage> messages, JsonElement? tools = null, string? system = null)
    {
        ArgumentNullException.ThrowIfNull(messages);
        _conversation = Chat.Render(string.IsNullOrEmpty(system) ? messages : [new ChatMessage("system", system), .. messages], tools);
    }

    /// <summary>Makes a prompt and its completion the prompt; the completion is trained, and with <c>train_on: all</c> the prompt too.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="completion">The completion: a text where the prompt is one, else messages.</param>
    /// <param name="tools">The tools that may be called: a JSON array, or null.</param>
    /// <exception cref="FineTuneException">FT5123: one is a text, and the other messages; or the conversation cannot be trained on.</exception>
    public void PromptAndCompletion(TextOrMessages prompt, TextOrMessages completion, JsonElement? tools = null)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        ArgumentNullException.ThrowIfNull(completion);
        var trainsAll = _chat?.TrainOn == TrainOn.All;
        if (prompt is { Text: { } promptText } && completion is { Text: { } completionText })
        {
            Append(promptText, trainsAll);
            Append(completionText, trained: true);
        }
        else if (prompt is { Messages: { } before } && completion is { Messages: { } after })
        {
            var untrained = trainsAll ? before : before.Select(message => message.WithTrain(message.Train ?? false));
            _conversation = Chat.Render([.. untrained, .. after], tools);
        }
        else
        {
            throw new FineTuneException("FT5123", "The prompt and the completion are a text and a list of messages; make both the same.");
        }
    }

    /// <summary>Makes an instruction and its answer the prompt, by the two prompts of Stanford Alpaca; the answer is trained.</summary>
    /// <param name="instruction">What is asked.</param>
    /// <param name="input">What the instruction is about; null or empty for nothing.</param>
    /// <param name="output">The answer.</param>
    public void Alpaca(string instruction, string? input, string output) => PromptAndCompletion(AlpacaPrompt.Of(instruction, input), output);

    /// <summary>The prompt so far.</summary>
    public Prompt Build() => _conversation ?? new([.. _segments]);

    private ChatFormat Chat => _chat ?? throw new InvalidOperationException("A conversation needs a recipe with a chat template.");

    private void Append(string text, bool trained)
    {
        if (text.Length == 0)
            return;
        if (_segments.Count > 0 && _segments[^1].Trained == trained)
            _segments[^1] = new PromptSegment(_segments[^1].Text + text, trained);
        else
            _segments.Add(new PromptSegment(text, trained));
    }
}
