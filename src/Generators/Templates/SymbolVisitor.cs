namespace FineTune.Templates;

/// <summary>Finds the names of one scope; inner scopes are analysed on their own.</summary>
internal static class SymbolVisitor
{
    public static void Visit(Symbols symbols, IEnumerable<Statement> statements)
    {
        foreach (var statement in statements)
            Visit(symbols, statement);
    }

    public static void Visit(Symbols symbols, Expression expression)
    {
        foreach (var name in TemplateWalker.All(expression).OfType<NameExpression>())
        {
            if (name.Store)
                symbols.Store(name.Name);
            else
                symbols.Load(name.Name);
        }
    }

    public static void VisitParameters(Symbols symbols, Expression target)
    {
        foreach (var name in TemplateWalker.All(target).OfType<NameExpression>())
            symbols.DeclareParameter(name.Name);
    }

    private static void Visit(Symbols symbols, Statement statement)
    {
        switch (statement)
        {
            case OutputStatement output:
                foreach (var item in output.Items)
                    Visit(symbols, item);
                break;
            case ForStatement loop:
                Visit(symbols, loop.Iterable);
                break;
            case IfStatement condition:
                VisitIf(symbols, condition.Branches, 0, condition.Else);
                break;
            case MacroStatement macro:
                symbols.Store(macro.Target.Name);
                break;
            case CallStatement call:
                Visit(symbols, call.Call);
                break;
            case FilterStatement filter:
                Visit(symbols, filter.Filter);
                break;
            case SetStatement set:
                Visit(symbols, set.Value);
                Visit(symbols, set.Target);
                break;
            case SetBlockStatement set:
                Visit(symbols, set.Target);
                break;
            case WithStatement with:
                foreach (var (_, value) in with.Assignments)
                    Visit(symbols, value);
                break;
            case LoadStatement load:
                Visit(symbols, load.Template);
                foreach (var target in load.Targets)
                    symbols.Store(target.Name);
                break;
        }
    }

    // Each "elif" is analysed as a condition within the branches, with a copy of its own.
    private static void VisitIf(
        Symbols symbols, IReadOnlyList<(Expression Test, IReadOnlyList<Statement> Body, int Line)> branches, int first, IReadOnlyList<Statement> otherwise)
    {
        Visit(symbols, branches[first].Test);
        var body = symbols.Copy();
        Visit(body, branches[first].Body);
        var rest = symbols.Copy();
        for (var i = first + 1; first == 0 && i < branches.Count; i++)
            VisitIf(rest, branches, i, []);
        var last = symbols.Copy();
        Visit(last, otherwise);
        symbols.Merge([body, rest, last]);
    }
}
