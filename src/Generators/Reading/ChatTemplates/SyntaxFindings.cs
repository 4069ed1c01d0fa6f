using FineTune.Diagnostics;
using FineTune.Keys;
using FineTune.Templates;

namespace FineTune.Reading.ChatTemplates;

/// <summary>Tells what is wrong with a template's text, with what was meant where that can be guessed.</summary>
internal static class SyntaxFindings
{
    private static readonly string[] Tags =
    [
        "for", "endfor", "if", "elif", "else", "endif", "set", "endset", "macro", "endmacro", "call", "endcall", "filter", "endfilter", "with", "endwith",
        "generation", "endgeneration", "block", "endblock", "raw", "endraw", "break", "continue", "autoescape", "endautoescape", "print",
    ];

    public static TemplateFinding Of(TemplateSyntaxException exception)
    {
        var descriptor = exception.Problem switch
        {
            TemplateProblem.UnknownTag => TemplateDiagnostics.UnknownTag,
            TemplateProblem.UnknownFilter => TemplateDiagnostics.UnknownFilter,
            TemplateProblem.UnknownTest => TemplateDiagnostics.UnknownTest,
            TemplateProblem.BreakOutsideLoop => TemplateDiagnostics.BreakOutsideLoop,
            TemplateProblem.TooDeep or TemplateProblem.TooLarge => TemplateDiagnostics.TooLarge,
            _ => TemplateDiagnostics.Malformed,
        };
        var quoted = exception.Message.Split('\'') is { Length: > 1 } parts ? parts[1] : "";
        var message = exception.Problem switch
        {
            TemplateProblem.UnknownTag when !Tags.Contains(quoted) && Meant(quoted, Tags) is { Length: > 0 } meant => exception.Message.TrimEnd('.') + meant,
            TemplateProblem.UnknownTag => exception.Message,
            TemplateProblem.UnknownFilter => Unknown("filter", quoted),
            TemplateProblem.UnknownTest => Unknown("test", quoted),
            TemplateProblem.BreakOutsideLoop => $"'{quoted}' stands in no loop: put it into the body of a {{% for %}}, not of a macro or an else branch.",
            TemplateProblem.TooDeep => "Tags or expressions are nested too deeply to be read: no template of a model is; split the expression with {% set %}.",
            TemplateProblem.TooLarge => $"This is no chat template: {exception.Message}.",
            _ => $"The chat template is not valid: {exception.Message}{(exception.Message.EndsWith(".", StringComparison.Ordinal) ? "" : ".")}",
        };
        return new(descriptor, exception.Line, message);
    }

    /// <summary>Unknown filters and tests that are errors only where they run, unless the template asks whether they exist.</summary>
    public static IEnumerable<TemplateFinding> InConditions(BoundTemplate template)
    {
        foreach (var expression in TemplateWalker.Expressions(template.Body))
        {
            if (expression is FilterExpression filter && !Builtins.Filters.ContainsKey(filter.Name) && !IsAskedFor(template, "filter", filter.Name))
                yield return new(TemplateDiagnostics.FailsWhereItRuns, filter.Line, Unknown("filter", filter.Name) + " It is an error where this runs.");
            else if (expression is TestExpression test && !Builtins.Tests.ContainsKey(test.Name) && !IsAskedFor(template, "test", test.Name))
                yield return new(TemplateDiagnostics.FailsWhereItRuns, test.Line, Unknown("test", test.Name) + " It is an error where this runs.");
        }
    }

    /// <summary>That there is no filter or test of a name.</summary>
    public static string Unknown(string kind, string name)
    {
        var meant = Meant(name, kind == "filter" ? Builtins.Filters.Keys : Builtins.Tests.Keys);
        return $"Chat templates have no {kind} '{name}'{(meant.Length > 0 ? meant : ".")}";
    }

    /// <summary>What may have been meant; empty if nothing is near.</summary>
    public static string Meant(string name, IEnumerable<string> candidates) =>
        Suggestion.Nearest(name, candidates.OrderBy(candidate => candidate, StringComparer.Ordinal)) is { } nearest ? $"; did you mean '{nearest}'?" : "";

    // {% if 'name' is filter %}
    private static bool IsAskedFor(BoundTemplate template, string kind, string name) => TemplateWalker.Expressions(template.Body)
        .Any(expression => expression is TestExpression { Value: ConstantExpression { Value: string asked } } test && test.Name == kind && asked == name);
}
