namespace FineTune.Prompts.Templates;

/// <summary>The variable <c>self</c>, whose items are the blocks of the template.</summary>
internal sealed class TemplateSelf(IReadOnlyDictionary<string, Func<string>> blocks) : TemplateObject
{
    public override string TypeName => "TemplateReference";

    public override string Repr() => "<TemplateReference None>";

    /// <summary>A block, as a function; <see langword="null"/> if there is none of this name.</summary>
    public TemplateFunction? Block(string name) => blocks.TryGetValue(name, out var block)
        ? new TemplateFunction(name, (run, arguments) =>
        {
            arguments.Positionals(name, 0, 0);
            TemplateBudget.Enter();
            var (line, escaping) = (run.Line, run.Escapes);
            var text = block();
            (run.Line, run.Escapes) = (line, escaping);
            TemplateBudget.Leave();
            return escaping ? new Markup(text) : text;
        })
        : null;
}
