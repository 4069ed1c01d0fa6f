namespace FineTune.Templates;

/// <summary>Goes through everything in a template, in the order in which Jinja does.</summary>
internal static class TemplateWalker
{
    /// <summary>An expression and all within it, outermost first.</summary>
    public static IEnumerable<Expression> All(Expression expression) =>
        expression.Children.SelectMany(All).Prepend(expression);

    /// <summary>All expressions of statements.</summary>
    /// <param name="statements">The statements.</param>
    /// <param name="intoBlocks">Whether those of <c>{% block %}</c> belong to it.</param>
    public static IEnumerable<Expression> Expressions(IEnumerable<Statement> statements, bool intoBlocks = true) =>
        statements.SelectMany(statement => Parts(statement, intoBlocks))
            .SelectMany(part => part is Expression expression ? All(expression) : Expressions((IEnumerable<Statement>)part, intoBlocks));

    /// <summary>What running statements once costs, in steps: one for each few of their parts.</summary>
    public static int Cost(IReadOnlyList<Statement> body) => 1 + (Statements(body).Count() + Expressions(body).Count()) / 8;

    /// <summary>All statements, outermost first.</summary>
    public static IEnumerable<Statement> Statements(IEnumerable<Statement> statements) => statements.SelectMany(statement =>
        Parts(statement, intoBlocks: true).OfType<IEnumerable<Statement>>().SelectMany(Statements).Prepend(statement));

    /// <summary>
    /// Which of some names are read before they are assigned: Jinja looks for the special ones before it analyses a scope.
    /// </summary>
    public static HashSet<string> Undeclared(IEnumerable<Statement> body, params string[] names)
    {
        var left = new HashSet<string>(names);
        var found = new HashSet<string>();
        foreach (var name in Expressions(body, intoBlocks: false).OfType<NameExpression>())
        {
            if (!name.Store && left.Contains(name.Name))
                found.Add(name.Name);
            else if (name.Store)
                left.Remove(name.Name);
        }

        return found;
    }

    /// <summary>The expressions and the bodies that a statement is made of.</summary>
    private static IEnumerable<object> Parts(Statement statement, bool intoBlocks) => statement switch
    {
        OutputStatement output => output.Items,
        ForStatement loop => [loop.Target, loop.Iterable, loop.Body, loop.Else, .. loop.Test is null ? (object[])[] : [loop.Test]],
        IfStatement condition => [.. condition.Branches.SelectMany(branch => new object[] { branch.Test, branch.Body }), condition.Else],
        MacroStatement macro => Parts(macro.Macro),
        CallStatement call => [call.Call, .. Parts(call.Macro)],
        GenerationStatement generation => [generation.Macro.Body],
        FilterStatement filter => [filter.Body, filter.Filter],
        SetStatement set => [set.Target, set.Value],
        SetBlockStatement set => set.Filter is null ? [set.Target, set.Body] : [set.Target, set.Filter, set.Body],
        WithStatement with => [.. with.Assignments.Select(item => item.Target), .. with.Assignments.Select(item => item.Value), with.Body],
        AutoescapeStatement escape => [escape.Value, escape.Body],
        BlockStatement block => intoBlocks ? [block.Body] : [],
        LoadStatement load => [load.Template],
        _ => [],
    };

    private static IEnumerable<object> Parts(MacroBody macro) => [.. macro.Parameters, .. macro.Defaults, macro.Body];
}
