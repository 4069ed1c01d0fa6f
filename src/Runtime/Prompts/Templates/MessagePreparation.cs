namespace FineTune.Prompts.Templates;

/// <summary>What transformers does to a message before a template sees it.</summary>
internal static class MessagePreparation
{
    private const string ReasoningContent = "reasoning_content";
    private const string Thinking = "thinking";

    private static readonly string[] ReasoningFields = [ReasoningContent, Thinking, "reasoning"];

    public static TemplateDict Prepare(TemplateDict message)
    {
        var reasoning = ReasoningFields.Select(field => message.TryGet(field, out var value) ? value : null).FirstOrDefault(value => value is not null);
        if (reasoning is null && message.Entries.All(entry => entry.Value is not null))
            return message;
        var prepared = new TemplateDict();
        if (reasoning is not null)
            prepared.Set(Thinking, message.TryGet(Thinking, out var thinking) && thinking is not null ? thinking : reasoning);
        foreach (var (key, value) in message.Entries)
        {
            if (value is not null)
                prepared.Set(key, value);
        }

        if (reasoning is not null)
            prepared.Set(ReasoningContent, reasoning);
        return prepared;
    }

    public static long Length(object? value) => value switch
    {
        string text => text.Length,
        TemplateList list => list.Items.Sum(Length),
        TemplateDict dict => dict.Entries.Sum(entry => Length(entry.Value)),
        _ => 1,
    };
}
