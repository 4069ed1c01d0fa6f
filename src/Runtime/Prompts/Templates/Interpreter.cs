using FineTune.Templates;

namespace FineTune.Prompts.Templates;

/// <summary>Runs a template's tree.</summary>
internal sealed partial class Interpreter
{
    private readonly BoundTemplate _template;
    private readonly TemplateRun _run;
    private readonly InterpreterCache _cache;

    private Interpreter(BoundTemplate template, TemplateRun run, InterpreterCache cache)
    {
        _template = template;
        _run = run;
        _cache = cache;
    }

    private enum Flow
    {
        Next,
        Break,
        Continue,
    }

    public static void Run(BoundTemplate template, TemplateRun run, TemplateText text, InterpreterCache cache) =>
        new Interpreter(template, run, cache).RunTemplate(text);

    private void RunTemplate(TemplateText text)
    {
        foreach (var block in _template.Blocks)
            _run.AddBlock(block.Name, target => RunBlock(block, target));
        var frame = new InterpreterFrame(_template.Scope.Code, null);
        if (_template.Self is not null)
            frame.Set(_template.Self, _run.Self());
        Enter(_template.Scope, frame);
        Run(_template.Body, frame, text);
    }

    private void RunBlock(BlockStatement block, TemplateText text)
    {
        var frame = new InterpreterFrame(block.Scope.Code, null);
        if (block.Self is not null)
            frame.Set(block.Self, _run.Self());
        if (block.Super is not null)
            frame.Set(block.Super, TemplateRun.Super(block.Name));
        Enter(block.Scope, frame);
        Run(block.Body, frame, text);
    }

    private void Enter(Scope scope, InterpreterFrame frame)
    {
        foreach (var load in scope.Loads)
        {
            if (load.Kind != ScopeLoadKind.Parameter)
            {
                frame.Set(load.Slot, load.Kind switch
                {
                    ScopeLoadKind.Resolve => _run.Resolve(load.Slot.Name),
                    ScopeLoadKind.Alias => frame.Get(load.From!),
                    _ => TemplateRun.Missing,
                });
            }
        }
    }

    private Flow Run(IReadOnlyList<Statement> body, InterpreterFrame frame, TemplateText text)
    {
        for (var i = 0; i < body.Count; i++)
        {
            var flow = Run(body[i], frame, text);
            if (flow != Flow.Next)
                return flow;
        }

        return Flow.Next;
    }

    private Flow Run(Statement statement, InterpreterFrame frame, TemplateText text)
    {
        switch (statement)
        {
            case OutputStatement output:
                foreach (var item in output.Items)
                    Print(item, frame, text);
                return Flow.Next;
            case IfStatement condition:
                return RunIf(condition, frame, text);
            case ForStatement loop:
                RunFor(loop, frame, text);
                return Flow.Next;
            case SetStatement set:
                RunSet(set, frame);
                return Flow.Next;
            case SetBlockStatement set:
                return RunSetBlock(set, frame, text);
            case MacroStatement macro:
                Assign(macro.Target, CreateMacro(macro.Macro, frame), frame);
                if (macro.Exported)
                    _run.Export(macro.Target.Name, frame.Get(macro.Target.Slot));
                return Flow.Next;
            case CallStatement call:
                RunCall(call, frame, text);
                return Flow.Next;
            case GenerationStatement generation:
                RunGeneration(generation, frame, text);
                return Flow.Next;
            case FilterStatement filter:
                return RunFilterBlock(filter, frame, text);
            case WithStatement with:
                return RunWith(with, frame, text);
            case AutoescapeStatement escape:
                return RunAutoescape(escape, frame, text);
            case BlockStatement block:
                RunBlockHere(block, frame, text);
                return Flow.Next;
            case LoadStatement load:
                _run.Line = load.Line;
                Evaluate(load.Template, frame);
                TemplateRun.FailToLoad();
                return Flow.Next;
            case BreakStatement:
                return Flow.Break;
            default:
                return Flow.Continue;
        }
    }

    private void Print(Expression item, InterpreterFrame frame, TemplateText text)
    {
        if (item is TextExpression data)
        {
            text.Append(data.Text);
            return;
        }

        _run.Line = item.Line;
        _run.Write(text, Evaluate(item, frame));
    }

    private Flow RunIf(IfStatement condition, InterpreterFrame frame, TemplateText text)
    {
        foreach (var (test, body, line) in condition.Branches)
        {
            _run.Line = line;
            if (TemplateRun.IsTrue(Evaluate(test, frame)))
                return Run(body, frame, text);
        }

        return Run(condition.Else, frame, text);
    }

    private void RunFor(ForStatement loop, InterpreterFrame frame, TemplateText text)
    {
        _run.Line = loop.Line;
        var items = Evaluate(loop.Iterable, frame);
        if (loop.Recursive)
            _run.WriteText(text, RunRecursive(loop, items, 0, frame));
        else
            RunLoop(loop, items, frame, text, 0);
    }

    private string RunRecursive(ForStatement loop, object? items, int depth, InterpreterFrame parent)
    {
        var frame = new InterpreterFrame(loop.BodyScope.Code, parent);
        var text = new TemplateText();
        RunLoop(loop, items, frame, text, depth);
        return _run.Collect(text);
    }

    private void RunLoop(ForStatement loop, object? items, InterpreterFrame frame, TemplateText text, int depth)
    {
        if (loop.Test is not null)
            items = Filtered(loop, items, loop.Recursive ? frame.Parent! : frame);
        var any = false;
        if (loop.Loop is null)
        {
            foreach (var item in TemplateRun.Iterate(items, loop.Cost))
            {
                var flow = RunIteration(loop, item, frame, text);
                if (flow == Flow.Break)
                    break;
                any |= flow == Flow.Next;
                _run.Line = loop.Line;
            }
        }
        else
        {
            var state = loop.Recursive ? _run.Loop(items, loop.Cost, depth, (more, level) => RunRecursive(loop, more, level, frame.Parent!)) : TemplateRun.Loop(items, loop.Cost);
            while (state.Next())
            {
                frame.Set(loop.Loop, state.Value);
                var flow = RunIteration(loop, state.Current, frame, text);
                if (flow == Flow.Break)
                    break;
                any |= flow == Flow.Next;
                _run.Line = loop.Line;
            }
        }

        if (any || loop.Else.Count == 0)
            return;
        Enter(loop.ElseScope, frame);
        Run(loop.Else, frame, text);
    }

    // In Jinja, an iteration counts against the else branch if it ends without "break" and "continue".
    private Flow RunIteration(ForStatement loop, object? item, InterpreterFrame frame, TemplateText text)
    {
        Assign(loop.Target, item, frame);
        Enter(loop.BodyScope, frame);
        return Run(loop.Body, frame, text);
    }

    private object Filtered(ForStatement loop, object? items, InterpreterFrame parent)
    {
        var frame = new InterpreterFrame(loop.TestScope.Code, parent);
        Enter(loop.TestScope, frame);
        return TemplateRun.Where(items, loop.Cost, item =>
        {
            Assign(loop.TestTarget!, item, frame);
            return TemplateRun.IsTrue(Evaluate(loop.Test!, frame));
        });
    }

    private void RunSet(SetStatement set, InterpreterFrame frame)
    {
        _run.Line = set.Line;
        RequireNamespaces(set.Target, frame);
        Assign(set.Target, Evaluate(set.Value, frame), frame);
        if (set.Exported)
            Export(set.Target, frame);
    }

    private Flow RunSetBlock(SetBlockStatement set, InterpreterFrame frame, TemplateText text)
    {
        Enter(set.Scope, frame);
        var collected = new TemplateText();
        var flow = Run(set.Body, frame, collected);
        if (flow != Flow.Next)
            return flow;
        _run.Line = set.Line;
        var value = _run.CollectValue(collected);
        RequireNamespaces(set.Target, frame);
        if (set.Filter is not null)
            value = EvaluateBlockFilter(set.Filter, value, frame);
        Assign(set.Target, value, frame);
        if (set.Exported)
            Export(set.Target, frame);
        return Flow.Next;
    }

    private void RunCall(CallStatement call, InterpreterFrame frame, TemplateText text)
    {
        var caller = CreateMacro(call.Macro, frame);
        _run.Line = call.Line;
        var callee = Evaluate(call.Call.Callee, frame);
        var arguments = TemplateRun.WithCaller(EvaluateArguments(call.Call.Arguments, frame), caller);
        _run.WriteText(text, TemplateRun.TextOf(_run.Call(callee, arguments)));
    }

    private void RunGeneration(GenerationStatement generation, InterpreterFrame parent, TemplateText text)
    {
        var start = TemplateRun.BeginGeneration(text);
        var frame = new InterpreterFrame(generation.Macro.Scope.Code, parent);
        if (generation.Macro.Caller is { } caller)
            frame.Set(caller, TemplateRun.NoCaller());
        if (generation.Macro.NamedArguments is { } named)
            frame.Set(named, new TemplateDict());
        if (generation.Macro.OtherArguments is { } others)
            frame.Set(others, new TemplateTuple());
        Enter(generation.Macro.Scope, frame);
        Run(generation.Macro.Body, frame, text);
        TemplateRun.EndGeneration(text, start);
    }

    private Flow RunFilterBlock(FilterStatement filter, InterpreterFrame frame, TemplateText text)
    {
        Enter(filter.Scope, frame);
        var collected = new TemplateText();
        var flow = Run(filter.Body, frame, collected);
        if (flow != Flow.Next)
            return flow;
        _run.Line = filter.Line;
        var value = _run.CollectValue(collected);
        _run.WriteText(text, TemplateRun.TextOf(EvaluateBlockFilter(filter.Filter, value, frame)));
        return Flow.Next;
    }

    private Flow RunWith(WithStatement with, InterpreterFrame frame, TemplateText text)
    {
        Enter(with.Scope, frame);
        foreach (var (target, value) in with.Assignments)
            Assign(target, Evaluate(value, frame), frame);
        return Run(with.Body, frame, text);
    }

    private Flow RunAutoescape(AutoescapeStatement escape, InterpreterFrame frame, TemplateText text)
    {
        Enter(escape.Scope, frame);
        var before = _run.SetEscapes(TemplateRun.IsTrue(Evaluate(escape.Value, frame)));
        var flow = Run(escape.Body, frame, text);
        _run.SetEscapes(before);
        return flow;
    }

    private void RunBlockHere(BlockStatement block, InterpreterFrame frame, TemplateText text)
    {
        _run.Line = block.Line;
        if (block.Required)
            TemplateRun.FailRequired(block.Name);
        if (block.Scoped)
            _run.RunBlock(text, block.Name, [.. block.Visible.SelectMany(item => new[] { item.Name, frame.Get(item.Slot) })]);
        else
            _run.RunBlock(text, block.Name);
    }

    private object CreateMacro(MacroBody macro, InterpreterFrame parent)
    {
        var definition = new MacroDefinition(
            macro.Name, [.. macro.Parameters.Select(parameter => parameter.Name)], macro.Caller is not null, macro.NamedArguments is not null, macro.OtherArguments is not null, macro.Cost);
        return _run.Macro(definition, values => RunMacro(macro, values, parent));
    }

    private string RunMacro(MacroBody macro, object?[] values, InterpreterFrame parent)
    {
        var frame = new InterpreterFrame(macro.Scope.Code, parent);
        var next = 0;
        foreach (var parameter in macro.Parameters)
            frame.Set(parameter.Slot, values[next++]);
        foreach (var special in new[] { macro.Caller, macro.NamedArguments, macro.OtherArguments })
        {
            if (special is not null)
                frame.Set(special, values[next++]);
        }

        _run.Line = macro.Line;
        Enter(macro.Scope, frame);
        for (var i = 0; i < macro.Parameters.Count; i++)
        {
            var parameter = macro.Parameters[i];
            if (ReferenceEquals(frame.Get(parameter.Slot), TemplateRun.Missing))
                frame.Set(parameter.Slot, macro.DefaultOf(i) is { } value ? Evaluate(value, frame) : TemplateRun.NotProvided(parameter.Name));
        }

        var text = new TemplateText();
        Run(macro.Body, frame, text);
        return _run.Collect(text);
    }

    private static void Assign(Expression target, object? value, InterpreterFrame frame)
    {
        switch (target)
        {
            case NameExpression name:
                frame.Set(name.Slot, value);
                break;
            case NamespaceTarget attribute:
                TemplateRun.SetAttribute(frame.Get(attribute.Space.Slot), attribute.Attribute, value);
                break;
            case TupleExpression tuple:
                var items = TemplateRun.Unpack(value, tuple.Items.Count);
                for (var i = 0; i < items.Length; i++)
                    Assign(tuple.Items[i], items[i], frame);
                break;
        }
    }

    private static void RequireNamespaces(Expression target, InterpreterFrame frame)
    {
        foreach (var attribute in TemplateWalker.All(target).OfType<NamespaceTarget>())
            TemplateRun.RequireNamespace(frame.Get(attribute.Space.Slot));
    }

    private void Export(Expression target, InterpreterFrame frame)
    {
        if (_template.Blocks.Count == 0)
            return;
        foreach (var name in TemplateWalker.All(target).OfType<NameExpression>().Where(name => name.Store))
            _run.Export(name.Name, frame.Get(name.Slot));
    }
}
