using FineTune.Templates;

namespace FineTune.Prompts.Templates;

/// <summary>A template that is interpreted.</summary>
internal sealed class InterpretedTemplate : ChatTemplate
{
    private readonly BoundTemplate _template;
    private readonly InterpreterCache _cache;

    private InterpretedTemplate(string source, BoundTemplate template, string place)
        : base(source, template.HasGenerationBlocks)
    {
        _template = template;
        _cache = new InterpreterCache(template);
        SetPlace(place);
    }

    public static InterpretedTemplate Create(string source, string place)
    {
        try
        {
            return new(source, BoundTemplate.Parse(source), place);
        }
        catch (TemplateSyntaxException exception)
        {
            throw TemplateErrors.Create(
                exception.Problem is TemplateProblem.TooDeep or TemplateProblem.TooLarge ? TemplateErrorKind.Recursion : TemplateErrorKind.Syntax,
                exception.Message, place, exception.Line, exception);
        }
    }

    protected internal override void Run(TemplateRun run, TemplateText text) => Interpreter.Run(_template, run, text, _cache);
}
