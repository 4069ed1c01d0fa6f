using System.Text.Json;

namespace FineTune.Prompts.Templates;

/// <summary>What transformers does before a template sees a conversation, and after.</summary>
internal static class ChatRendering
{
    // Appended to the message that is left open, and looked for in the text: a template may trim the space behind it.
    private const string Mark = "CONTINUE_FINAL_MESSAGE_TAG ";

    public static TemplateOutput Render(ChatTemplate template, IReadOnlyList<ChatMessage> messages, ChatRenderOptions options)
    {
        if (messages.Count == 0)
            throw Invalid(template, "The conversation has no messages.");
        if (options is { ContinueFinalMessage: true, AddGenerationPrompt: true })
        {
            throw Invalid(template, "continue_final_message and add_generation_prompt are not compatible: the first leaves the last message open, "
                + "the second begins another one.");
        }

        var prepared = messages.Select(message => (object?)message.Prepared).ToList();
        var open = options.ContinueFinalMessage ? Open(template, prepared, options.ContinueFinalField ?? "content") : null;
        var variables = new Dictionary<string, object?>
        {
            ["messages"] = new TemplateList(prepared),
            ["tools"] = options.Tools is { } tools ? JsonValues.Read(tools) : null,
            ["documents"] = null,
            ["add_generation_prompt"] = options.AddGenerationPrompt,
        };
        foreach (var (name, token) in template.SpecialTokens)
            variables[name] = token;
        foreach (var (name, value) in options.Variables ?? new Dictionary<string, JsonElement>())
            variables[name] = JsonValues.Read(value);
        var output = Run(template, variables, options.Now, messages.Sum(message => message.Length));
        return open is null ? output : Cut(template, output, open);
    }

    /// <summary>Runs a template on variables.</summary>
    public static TemplateOutput Run(ChatTemplate template, IReadOnlyDictionary<string, object?> variables, DateTime? now, long inputLength)
    {
        var run = new TemplateRun(variables, now ?? DateTime.Now);
        var text = new TemplateText();
        TemplateBudget.Start(inputLength);
        PythonSurrogates.Start(template.HasSurrogateEscapes);
        try
        {
            template.Run(run, text);
        }
        catch (TemplateException exception)
        {
            throw TemplateErrors.Create(exception.Kind, PythonSurrogates.Show(exception.Message), template.Place, run.Line, exception);
        }
        catch (InsufficientExecutionStackException exception)
        {
            throw TemplateErrors.Create(TemplateErrorKind.Recursion, "it calls itself too deeply.", template.Place, run.Line, exception);
        }
        finally
        {
            TemplateBudget.End();
        }

        return PythonSurrogates.Show(new TemplateOutput(text.ToString(), text.Spans ?? [], run.Captured is { Lost: true }));
    }

    /// <summary>Appends the mark to the last message; returns the text that it is appended to.</summary>
    private static string Open(ChatTemplate template, List<object?> messages, string field)
    {
        var last = ((TemplateDict)messages[^1]!).Copy();
        if (!last.TryGet(field, out var value))
            throw Invalid(template, $"continue_final_message is set to '{field}', but the last message has no such field.");
        if (!template.Source.Contains(field, StringComparison.Ordinal))
            throw Invalid(template, $"continue_final_message is set to '{field}', but the chat template does not read this field.");
        messages[^1] = last;
        switch (value)
        {
            case string text:
                last.Set(field, text + Mark);
                return text;
            case TemplateList parts:
                var copy = parts.Items.ToList();
                var at = copy.FindLastIndex(part => part is TemplateDict dict && dict.TryGet("text", out var part_) && part_ is string);
                if (at < 0)
                    throw Invalid(template, "continue_final_message is set, but the last message has no text to continue.");
                var open = ((TemplateDict)copy[at]!).Copy();
                open.TryGet("text", out var content);
                open.Set("text", content + Mark);
                copy[at] = open;
                last.Set(field, new TemplateList(copy));
                return (string)content!;
            default:
                throw Invalid(template, $"continue_final_message is set, but '{field}' of the last message is no text.");
        }
    }

    private static TemplateOutput Cut(ChatTemplate template, TemplateOutput output, string open)
    {
        var mark = output.Text.LastIndexOf(Mark.TrimEnd(), StringComparison.Ordinal);
        if (mark < 0 || !output.Text.Contains(PythonStrings.Strip(open, null), StringComparison.Ordinal))
        {
            throw Invalid(template, "continue_final_message is set, but the last message does not appear in the text: the chat template changes or drops it.");
        }

        var text = output.Text[..mark];
        if (string.CompareOrdinal(output.Text, mark, Mark, 0, Mark.Length) != 0)
            text = PythonStrings.Strip(text, null, start: false);
        var spans = output.Spans.Where(span => span.Start <= text.Length).Select(span => span with { End = Math.Min(span.End, text.Length) });
        return output with { Text = text, Spans = [.. spans] };
    }

    private static FineTuneException Invalid(ChatTemplate template, string message) => new("FT5506", message, template.Place);
}
