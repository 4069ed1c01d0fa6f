namespace FineTune.Templates;

/// <summary>Gives every name of a template its variable, and checks what Jinja checks before a template runs.</summary>
internal sealed class Binder
{
    private readonly List<BlockStatement> _blocks = [];
    private TemplateSyntaxException? _late;

    /// <param name="body">The statements.</param>
    /// <param name="late">A mistake of the text that counts if there is none here.</param>
    /// <exception cref="TemplateSyntaxException">The template's text is wrong.</exception>
    public static BoundTemplate Bind(IReadOnlyList<Statement> body, TemplateSyntaxException? late)
    {
        var binder = new Binder { _late = late };
        binder.FindBlocks(body);
        var code = new TemplateCode(null);
        var frame = new BindingFrame(new Symbols(null, code), code) { TopLevel = true };
        var self = TemplateWalker.Undeclared(body, "self").Count > 0 ? frame.Symbols.DeclareParameter("self") : null;
        SymbolVisitor.Visit(frame.Symbols, body);
        var scope = frame.Symbols.ToScope();
        binder.BindBody(body, frame);
        foreach (var block in binder._blocks)
            binder.BindBlock(block);
        if (binder._late is { } mistake)
            throw mistake;
        var hasGeneration = TemplateWalker.Statements(body).Any(statement => statement is GenerationStatement);
        return new(body, scope, self, binder._blocks, hasGeneration);
    }

    private void FindBlocks(IReadOnlyList<Statement> body)
    {
        foreach (var block in TemplateWalker.Statements(body).OfType<BlockStatement>())
        {
            if (_blocks.Any(other => other.Name == block.Name))
                throw new TemplateSyntaxException($"block '{block.Name}' defined twice", block.Line);
            _blocks.Add(block);
        }
    }

    // A block is no part of the scope around it: it sees the variables of the whole template only.
    private void BindBlock(BlockStatement block)
    {
        var code = new TemplateCode(null);
        var frame = new BindingFrame(new Symbols(null, code), code);
        var special = TemplateWalker.Undeclared(block.Body, "self", "super");
        block.Self = special.Contains("self") ? frame.Symbols.DeclareParameter("self") : null;
        block.Super = special.Contains("super") ? frame.Symbols.DeclareParameter("super") : null;
        SymbolVisitor.Visit(frame.Symbols, block.Body);
        block.Scope = frame.Symbols.ToScope();
        BindBody(block.Body, frame);
    }

    private void BindBody(IEnumerable<Statement> body, BindingFrame frame)
    {
        foreach (var statement in body)
            Bind(statement, frame);
    }

    private void Bind(Statement statement, BindingFrame frame)
    {
        switch (statement)
        {
            case OutputStatement output:
                foreach (var item in output.Items)
                    Bind(item, frame);
                break;
            case ForStatement loop:
                BindFor(loop, frame);
                break;
            case IfStatement condition:
                BindIf(condition, frame with { Soft = true });
                break;
            case MacroStatement macro:
                BindMacro(macro.Macro, frame);
                Bind(macro.Target, frame);
                macro.Exported = frame.TopLevel;
                break;
            case CallStatement call:
                BindMacro(call.Macro, frame);
                Bind(call.Call, frame);
                break;
            case GenerationStatement generation:
                BindMacro(generation.Macro, frame);
                break;
            case FilterStatement filter:
                BindFilterBlock(filter, frame);
                break;
            case SetStatement set:
                Bind(set.Target, frame);
                Bind(set.Value, frame);
                set.Exported = frame.TopLevel;
                break;
            case SetBlockStatement set:
                BindSetBlock(set, frame);
                break;
            case WithStatement with:
                BindWith(with, frame);
                break;
            case AutoescapeStatement escape:
                var inner = frame.Inner();
                SymbolVisitor.Visit(inner.Symbols, escape.Value);
                SymbolVisitor.Visit(inner.Symbols, escape.Body);
                escape.Scope = inner.Symbols.ToScope();
                Bind(escape.Value, inner);
                BindBody(escape.Body, inner);
                break;
            case BlockStatement { Scoped: true } block:
                block.Visible = frame.Symbols.Stored();
                break;
            case LoadStatement load:
                if (load.Tag == "extends" && !frame.TopLevel)
                    throw new TemplateSyntaxException("cannot use extend from a non top-level scope", load.Line);
                Bind(load.Template, frame);
                break;
            case BreakStatement or ContinueStatement when !frame.InLoop:
                _late ??= new(
                    $"'{(statement is BreakStatement ? "break" : "continue")}' outside loop", statement.Line, TemplateProblem.BreakOutsideLoop);
                break;
        }
    }

    private void BindIf(IfStatement condition, BindingFrame frame)
    {
        foreach (var (test, body, _) in condition.Branches)
        {
            Bind(test, frame);
            BindBody(body, frame);
        }

        BindBody(condition.Else, frame);
    }

    private void BindFor(ForStatement loop, BindingFrame frame)
    {
        // A recursive loop is a function, which runs for each of its levels.
        var code = loop.Recursive ? new TemplateCode(frame.Code) : null;
        var body = frame.Inner(code) with { InLoop = true };
        if (loop.Recursive || TemplateWalker.Undeclared(loop.Body, "loop").Count > 0
            || TemplateWalker.Statements(loop.Body).Any(statement => statement is BlockStatement { Scoped: true }))
            loop.Loop = body.Symbols.DeclareParameter("loop");
        SymbolVisitor.VisitParameters(body.Symbols, loop.Target);
        SymbolVisitor.Visit(body.Symbols, loop.Body);
        var otherwise = frame.Inner(code);
        SymbolVisitor.Visit(otherwise.Symbols, loop.Else);
        if (loop.Test is not null)
            BindLoopTest(loop, frame);

        if (TemplateWalker.Expressions([loop]).OfType<NameExpression>().FirstOrDefault(name => name.Store && name.Name == "loop") is { } assigned)
            throw new TemplateSyntaxException("Can't assign to special loop variable in for-loop target", assigned.Line);
        loop.BodyScope = body.Symbols.ToScope();
        loop.ElseScope = otherwise.Symbols.ToScope();
        Bind(loop.Target, body);
        Bind(loop.Iterable, frame);
        BindBody(loop.Body, body);
        BindBody(loop.Else, otherwise);
    }

    private static void BindLoopTest(ForStatement loop, BindingFrame frame)
    {
        var test = frame.Inner(new TemplateCode(frame.Code));
        var target = Copy(loop.Target);
        SymbolVisitor.VisitParameters(test.Symbols, target);
        SymbolVisitor.Visit(test.Symbols, loop.Test!);
        loop.TestScope = test.Symbols.ToScope();
        loop.TestTarget = target;
        Bind(target, test);
        Bind(loop.Test!, test);
    }

    private static Expression Copy(Expression target) => target is TupleExpression tuple
        ? new TupleExpression([.. tuple.Items.Select(Copy)], tuple.Line)
        : new NameExpression(((NameExpression)target).Name, target.Line) { Store = true };

    private void BindMacro(MacroBody macro, BindingFrame frame)
    {
        var inner = frame.Inner(new TemplateCode(frame.Code));
        foreach (var parameter in macro.Parameters)
            inner.Symbols.DeclareParameter(parameter.Name);
        foreach (var value in macro.Defaults)
            SymbolVisitor.Visit(inner.Symbols, value);
        SymbolVisitor.Visit(inner.Symbols, macro.Body);

        var special = TemplateWalker.Undeclared(macro.Body, "caller", "kwargs", "varargs");
        var explicitCaller = macro.Parameters.Select((parameter, index) => (parameter.Name, index)).FirstOrDefault(pair => pair.Name == "caller");
        if (special.Contains("caller") && explicitCaller.Name is null)
            macro.Caller = inner.Symbols.DeclareParameter("caller");
        else if (special.Contains("caller") && macro.DefaultOf(explicitCaller.index) is null)
            throw new TemplateSyntaxException(
                "When defining macros or call blocks the special \"caller\" argument must be omitted or be given a default.", macro.Line);
        if (special.Contains("kwargs") && macro.Parameters.All(parameter => parameter.Name != "kwargs"))
            macro.NamedArguments = inner.Symbols.DeclareParameter("kwargs");
        if (special.Contains("varargs") && macro.Parameters.All(parameter => parameter.Name != "varargs"))
            macro.OtherArguments = inner.Symbols.DeclareParameter("varargs");

        macro.Scope = inner.Symbols.ToScope();
        foreach (var parameter in macro.Parameters)
            Bind(parameter, inner);
        foreach (var value in macro.Defaults)
            Bind(value, inner);
        BindBody(macro.Body, inner);
    }

    private void BindFilterBlock(FilterStatement filter, BindingFrame frame)
    {
        var inner = frame.Inner();
        SymbolVisitor.Visit(inner.Symbols, filter.Body);
        SymbolVisitor.Visit(inner.Symbols, filter.Filter);
        filter.Scope = inner.Symbols.ToScope();
        BindBody(filter.Body, inner);
        Bind(filter.Filter, inner);
    }

    private void BindSetBlock(SetBlockStatement set, BindingFrame frame)
    {
        var inner = frame.Inner();
        SymbolVisitor.Visit(inner.Symbols, set.Body);
        if (set.Filter is not null)
            SymbolVisitor.Visit(inner.Symbols, set.Filter);
        set.Scope = inner.Symbols.ToScope();
        BindBody(set.Body, inner);
        if (set.Filter is not null)
            Bind(set.Filter, inner);
        Bind(set.Target, frame);
        set.Exported = frame.TopLevel;
    }

    private void BindWith(WithStatement with, BindingFrame frame)
    {
        var inner = frame.Inner();
        foreach (var (target, _) in with.Assignments)
            SymbolVisitor.VisitParameters(inner.Symbols, target);
        SymbolVisitor.Visit(inner.Symbols, with.Body);
        with.Scope = inner.Symbols.ToScope();
        foreach (var (target, value) in with.Assignments)
        {
            Bind(target, inner);
            Bind(value, frame);
        }

        BindBody(with.Body, inner);
    }

    private static void Bind(Expression expression, BindingFrame frame)
    {
        if (expression is NameExpression name)
            name.Slot = frame.Symbols.Find(name.Name) ?? throw new InvalidOperationException($"The name '{name.Name}' was not analysed.");
        if (!frame.Soft && expression is FilterExpression filter && !Builtins.Filters.ContainsKey(filter.Name))
            throw new TemplateSyntaxException($"No filter named '{filter.Name}'.", filter.Line, TemplateProblem.UnknownFilter);
        if (!frame.Soft && expression is TestExpression test && !Builtins.Tests.ContainsKey(test.Name))
            throw new TemplateSyntaxException($"No test named '{test.Name}'.", test.Line, TemplateProblem.UnknownTest);
        if (expression is ConditionalExpression)
            frame = frame with { Soft = true };
        foreach (var child in expression.Children)
            Bind(child, frame);
    }
}
