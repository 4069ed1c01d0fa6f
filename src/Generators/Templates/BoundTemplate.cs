namespace FineTune.Templates;

/// <summary>A template whose grammar, names and filters are checked, and whose variables have places.</summary>
/// <param name="Body">The statements.</param>
/// <param name="Scope">The variables of the whole template.</param>
/// <param name="Self">The variable <c>self</c>, if it is read.</param>
/// <param name="Blocks">All blocks, also within others.</param>
/// <param name="HasGenerationBlocks">Whether there is a <c>{% generation %}</c>.</param>
internal sealed record BoundTemplate(
    IReadOnlyList<Statement> Body, Scope Scope, Slot? Self, IReadOnlyList<BlockStatement> Blocks, bool HasGenerationBlocks)
{
    /// <summary>Reads and checks a template.</summary>
    /// <exception cref="TemplateSyntaxException">Its text is wrong.</exception>
    public static BoundTemplate Parse(string source)
    {
        var (body, late) = TemplateParser.Parse(source);
        return Binder.Bind(body, late);
    }
}
