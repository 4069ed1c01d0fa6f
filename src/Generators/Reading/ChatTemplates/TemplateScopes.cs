using FineTune.Templates;

namespace FineTune.Reading.ChatTemplates;

/// <summary>What the names of a template mean.</summary>
internal sealed class TemplateScopes
{
    private readonly HashSet<Slot> _resolved;

    public TemplateScopes(BoundTemplate template)
    {
        var statements = TemplateWalker.Statements(template.Body).ToList();
        _resolved = [.. statements.SelectMany(Scopes).Prepend(template.Scope).SelectMany(scope => scope.Loads)
            .Where(load => load.Kind == ScopeLoadKind.Resolve).Select(load => load.Slot)];
        // What only some branches assign has the value of outside in the others.
        _resolved.ExceptWith(TemplateWalker.Expressions(template.Body).OfType<NameExpression>().Where(name => name.Store).Select(name => name.Slot));
        _resolved.ExceptWith(statements.OfType<MacroStatement>().Select(macro => macro.Target.Slot));
        Assigned = [.. TemplateWalker.Expressions(template.Body).OfType<NameExpression>().Where(name => name.Store).Select(name => name.Name),
            .. statements.OfType<MacroStatement>().Select(macro => macro.Target.Name)];
        AskedFor = [.. TemplateWalker.Expressions(template.Body).OfType<TestExpression>()
            .Where(test => test.Name is "defined" or "undefined").Select(test => test.Value).OfType<NameExpression>().Select(name => name.Name)];
    }

    /// <summary>The names that the template assigns anywhere.</summary>
    public HashSet<string> Assigned { get; }

    /// <summary>The names that the template asks whether they are defined.</summary>
    public HashSet<string> AskedFor { get; }

    /// <summary>Whether a name is looked up outside the template's scopes: given to it, global, or nothing.</summary>
    public bool IsGiven(NameExpression name) => !name.Store && _resolved.Contains(name.Slot);

    private static IEnumerable<Scope> Scopes(Statement statement) => statement switch
    {
        ForStatement { Test: null } loop => [loop.BodyScope, loop.ElseScope],
        ForStatement loop => [loop.BodyScope, loop.ElseScope, loop.TestScope],
        MacroStatement macro => [macro.Macro.Scope],
        CallStatement call => [call.Macro.Scope],
        GenerationStatement generation => [generation.Macro.Scope],
        FilterStatement filter => [filter.Scope],
        SetBlockStatement set => [set.Scope],
        WithStatement with => [with.Scope],
        AutoescapeStatement escape => [escape.Scope],
        BlockStatement block => [block.Scope],
        _ => [],
    };
}
