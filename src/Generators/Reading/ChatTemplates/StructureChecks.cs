using FineTune.Diagnostics;
using FineTune.Templates;

namespace FineTune.Reading.ChatTemplates;

/// <summary>What a template as a whole does and does not.</summary>
internal static class StructureChecks
{
    public static IEnumerable<TemplateFinding> Check(BoundTemplate template)
    {
        var read = new HashSet<string>(TemplateWalker.Expressions(template.Body).OfType<NameExpression>().Where(name => !name.Store).Select(name => name.Name));
        if (!read.Contains("messages"))
        {
            yield return new(TemplateDiagnostics.MessagesUnread, 1,
                "The chat template does not read 'messages', so that every conversation gives the same text; is this the model's template?");
        }
        else if (!read.Contains("add_generation_prompt"))
        {
            yield return new(TemplateDiagnostics.PromptUnread, 1,
                "The chat template does not read 'add_generation_prompt': a model is asked to go on right behind the last message. Check that this is how it was trained.");
        }

        foreach (var statement in template.Body)
        {
            if (statement is OutputStatement output && output.Items.FirstOrDefault(IsRaise) is { } raise)
                yield return new(TemplateDiagnostics.AlwaysRaises, raise.Line, "raise_exception is called for every conversation: put it into an {% if %} that says when to refuse one.");
        }

        foreach (var statement in TemplateWalker.Statements(template.Body))
        {
            if (statement is LoadStatement load)
            {
                yield return new(TemplateDiagnostics.LoadsTemplate, load.Line,
                    $"{{% {load.Tag} %}} loads another template, and a chat template has no others: write its text into this one.");
            }

            foreach (var generation in Changed(statement))
            {
                yield return new(TemplateDiagnostics.GenerationChanged, generation.Line,
                    "A filter changes the text of this {% generation %} block after it, so that the trained part may not be known: apply the filter within the block.");
            }
        }
    }

    private static bool IsRaise(Expression expression) => expression is CallExpression { Callee: NameExpression { Name: "raise_exception" } };

    private static IEnumerable<GenerationStatement> Changed(Statement statement)
    {
        var body = statement switch
        {
            FilterStatement filter => filter.Body,
            SetBlockStatement { Filter: not null } set => set.Body,
            _ => [],
        };
        return TemplateWalker.Statements(body).OfType<GenerationStatement>();
    }
}
