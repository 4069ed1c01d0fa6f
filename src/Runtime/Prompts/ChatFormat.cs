using System.Text.Json;

namespace FineTune.Prompts;

/// <summary>How the conversations of a recipe become text: by which template, and what of them is trained.</summary>
/// <param name="open">Finds the template, when the first conversation needs it.</param>
/// <param name="trainOn">Which messages the loss counts.</param>
internal sealed class ChatFormat(Func<ChatTemplate> open, TrainOn trainOn)
{
    private readonly Lazy<ChatTemplate> _template = new(open);

    /// <summary>Which messages the loss counts.</summary>
    public TrainOn TrainOn { get; } = trainOn;

    /// <summary>Renders a conversation.</summary>
    /// <exception cref="FineTuneException">The conversation cannot be trained on: FT5120 to FT5122, FT5127, or the template's own codes.</exception>
    public Prompt Render(IReadOnlyList<ChatMessage> messages, JsonElement? tools)
    {
        var template = _template.Value;
        ConversationRules.Check(messages, tools, template, TrainOn);
        var rendered = Guard(messages, () => template.Render(messages, TrainOn, new() { Tools = tools }));
        return rendered.ToPrompt() with
        {
            Conversation = PromptConversation.Of(messages, rendered.Text, (count, ask) => Guard(messages, () => template.Format([.. messages.Take(count)], new() { Tools = tools, AddGenerationPrompt = ask }))),
        };
    }

    // The row is what the user can change; the template's place goes into the message.
    private static T Guard<T>(IReadOnlyList<ChatMessage> messages, Func<T> render)
    {
        try
        {
            return render();
        }
        catch (FineTuneException exception) when (exception.Place is not null)
        {
            var roles = string.Join(", ", messages.Take(12).Select(message => message.Role)) + (messages.Count > 12 ? ", …" : "");
            throw new FineTuneException(exception.Code, $"{exception.Message} ({exception.Place}; the row's roles are {roles})", null, exception);
        }
    }
}
