using FineTune.Templates;

namespace FineTune.Emit.ChatTemplates;

/// <summary>
/// Writes the statements of one function of a template. A part with variables of its own (a macro, a block, a recursive loop) is a
/// local function, which sees the variables around it as the part does in the template.
/// </summary>
internal sealed class TemplateStatementEmitter
{
    private readonly BoundTemplate _template;
    private readonly TemplateNames _names;
    private readonly CodeLines _lines = new();
    private readonly List<string> _temporaries = [];
    private readonly TemplateExpressionEmitter _expressions;
    private readonly bool _escapes;

    // What a loop's "break" and "continue" must do first.
    private readonly Stack<(int Line, List<string> Escapes)> _loops = new();

    private TemplateStatementEmitter(BoundTemplate template, TemplateNames names, bool escapes)
    {
        _template = template;
        _names = names;
        _escapes = escapes;
        _expressions = new TemplateExpressionEmitter(names, _temporaries);
    }

    /// <summary>The body of the method that runs the template.</summary>
    public static CodeLines Emit(BoundTemplate template, TemplateNames names)
    {
        var escapes = TemplateWalker.Statements(template.Body).Any(statement => statement is AutoescapeStatement);
        var emitter = new TemplateStatementEmitter(template, names, escapes);
        foreach (var block in template.Blocks)
            emitter.DefineBlock(block);
        if (template.Self is not null)
            emitter._lines.Line($"{names.Of(template.Self)} = run.Self();");
        emitter.Enter(template.Scope);
        emitter.Body(template.Body, "text");
        return emitter.Finish(template.Scope.Code, []);
    }

    /// <summary>The function's variables, then its lines.</summary>
    private CodeLines Finish(TemplateCode code, IReadOnlyCollection<Slot> given)
    {
        var result = new CodeLines();
        foreach (var slot in code.Slots.Where(slot => !given.Contains(slot)))
            result.Line($"object? {_names.Of(slot)} = TemplateRun.Missing;");
        foreach (var temporary in _temporaries)
            result.Line($"object? {temporary} = null;");
        result.Append(_lines);
        return result;
    }

    private TemplateStatementEmitter Inner() => new(_template, _names, _escapes);

    private void Function(string signature, CodeLines body)
    {
        _lines.Line(signature);
        _lines.Block(() => _lines.Append(body));
    }

    private void Enter(Scope scope)
    {
        foreach (var load in scope.Loads)
        {
            var name = _names.Of(load.Slot);
            if (load.Kind == ScopeLoadKind.Resolve)
                _lines.Line($"{name} = run.Resolve({SourceWriter.Literal(load.Slot.Name)});");
            else if (load.Kind == ScopeLoadKind.Alias)
                _lines.Line($"{name} = {_names.Of(load.From!)};");
            else if (load.Kind == ScopeLoadKind.Missing)
                _lines.Line($"{name} = TemplateRun.Missing;");
        }
    }

    private void Body(IEnumerable<Statement> body, string text)
    {
        foreach (var statement in body)
        {
            switch (statement)
            {
                case OutputStatement output: Output(output, text); break;
                case IfStatement condition: If(condition, text); break;
                case ForStatement loop: For(loop, text); break;
                case SetStatement set: Set(set); break;
                case SetBlockStatement set: SetBlock(set); break;
                case MacroStatement macro: Macro(macro); break;
                case CallStatement call: Call(call, text); break;
                case GenerationStatement generation: Generation(generation, text); break;
                case FilterStatement filter: FilterBlock(filter, text); break;
                case WithStatement with: With(with, text); break;
                case AutoescapeStatement escape: Autoescape(escape, text); break;
                case BlockStatement block: Block(block, text); break;
                case LoadStatement load: Load(load); break;
                default: Jump(statement is BreakStatement); return;
            }
        }
    }

    private void Line(int line) => _lines.Line($"run.Line = {line};");

    private void Output(OutputStatement output, string text)
    {
        var pending = "";
        foreach (var item in output.Items)
        {
            if (item is TextExpression data)
            {
                pending += data.Text;
                continue;
            }

            if (!_escapes && item is ConstantExpression { Value: string constant })
            {
                pending += constant;
                continue;
            }

            Flush();
            Line(item.Line);
            _lines.Line($"run.Write({text}, {_expressions.Value(item)});");
        }

        Flush();

        void Flush()
        {
            if (pending.Length > 0)
                _lines.Line($"{text}.Append({SourceWriter.Literal(pending)});");
            pending = "";
        }
    }

    private void If(IfStatement condition, string text)
    {
        for (var i = 0; i < condition.Branches.Count; i++)
        {
            var (test, body, line) = condition.Branches[i];
            if (i == 0)
                Line(line);
            _lines.Line(i == 0 ? $"if ({_expressions.Condition(test)})" : $"else if (run.At({line}) && {_expressions.Condition(test)})");
            _lines.Block(() => Body(body, text));
        }

        if (condition.Else.Count == 0)
            return;
        _lines.Line("else");
        _lines.Block(() => Body(condition.Else, text));
    }

    private void For(ForStatement loop, string text)
    {
        Line(loop.Line);
        var items = _names.New("items");
        _lines.Line($"var {items} = {_expressions.Value(loop.Iterable)};");
        string? where = null;
        if (loop.Test is not null)
        {
            where = _names.New("Where");
            Function($"object {where}(object? items)", Inner().Where(loop));
        }

        if (!loop.Recursive)
        {
            Loop(loop, where is null ? items : $"{where}({items})", text, null);
            return;
        }

        var name = _names.New("Loop");
        Function($"string {name}(object? items, int depth)", Inner().Recursive(loop, name, where is null ? "items" : $"{where}(items)"));
        _lines.Line($"run.WriteText({text}, {name}({items}, 0));");
    }

    private CodeLines Where(ForStatement loop)
    {
        Enter(loop.TestScope);
        _lines.Line($"return TemplateRun.Where(items, {loop.Cost}, item =>");
        _lines.Block(() =>
        {
            Assign(loop.TestTarget!, "item");
            _lines.Line($"return {_expressions.Condition(loop.Test!)};");
        });
        _lines.Line(");");
        return Finish(loop.TestScope.Code, []);
    }

    private CodeLines Recursive(ForStatement loop, string name, string items)
    {
        var text = _names.New("text");
        _lines.Line($"var {text} = new TemplateText();");
        Loop(loop, items, text, name);
        _lines.Line($"return run.Collect({text});");
        return Finish(loop.BodyScope.Code, []);
    }

    private void Loop(ForStatement loop, string items, string text, string? recursion)
    {
        var any = loop.Else.Count > 0 ? _names.New("any") : null;
        if (any is not null)
            _lines.Line($"var {any} = false;");
        var item = _names.New(loop.Loop is null ? "item" : "state");
        if (loop.Loop is null)
        {
            _lines.Line($"foreach (var {item} in TemplateRun.Iterate({items}, {loop.Cost}))");
        }
        else
        {
            _lines.Line(recursion is null ? $"var {item} = TemplateRun.Loop({items}, {loop.Cost});" : $"var {item} = run.Loop({items}, {loop.Cost}, depth, {recursion});");
            _lines.Line($"while ({item}.Next())");
        }

        _loops.Push((loop.Line, []));
        _lines.Block(() =>
        {
            if (loop.Loop is not null)
                _lines.Line($"{_names.Of(loop.Loop)} = {item}.Value;");
            Assign(loop.Target, loop.Loop is null ? item : $"{item}.Current");
            Enter(loop.BodyScope);
            Body(loop.Body, text);
            if (any is not null)
                _lines.Line($"{any} = true;");
            Line(loop.Line);
        });
        _loops.Pop();
        if (any is null)
            return;
        _lines.Line($"if (!{any})");
        _lines.Block(() =>
        {
            Enter(loop.ElseScope);
            Body(loop.Else, text);
        });
    }

    private void Jump(bool breaks)
    {
        var (line, escapes) = _loops.Peek();
        if (escapes.Count > 0)
            _lines.Line($"run.SetEscapes({escapes[0]});");
        if (!breaks)
            Line(line);
        _lines.Line(breaks ? "break;" : "continue;");
    }

    private void Set(SetStatement set)
    {
        Line(set.Line);
        RequireNamespaces(set.Target);
        Assign(set.Target, _expressions.Value(set.Value));
        if (set.Exported)
            Export(set.Target);
    }

    private void SetBlock(SetBlockStatement set)
    {
        Enter(set.Scope);
        var text = _names.New("text");
        _lines.Line($"var {text} = new TemplateText();");
        Body(set.Body, text);
        Line(set.Line);
        var value = _names.New("value");
        _lines.Line($"var {value} = run.CollectValue({text});");
        RequireNamespaces(set.Target);
        Assign(set.Target, set.Filter is null ? value : BlockFilter(set.Filter, value));
        if (set.Exported)
            Export(set.Target);
    }

    private void Macro(MacroStatement macro)
    {
        var function = DefineMacro(macro.Macro);
        var target = _names.Of(macro.Target.Slot);
        _lines.Line($"{target} = run.Macro({_names.Macro(macro.Macro)}, {function});");
        if (macro.Exported && _template.Blocks.Count > 0)
            _lines.Line($"run.Export({SourceWriter.Literal(macro.Target.Name)}, {target});");
    }

    private string DefineMacro(MacroBody macro)
    {
        var function = _names.New("Macro_" + (macro.Name ?? "caller"));
        Function($"string {function}(object?[] values)", Inner().MacroFunction(macro));
        return function;
    }

    private CodeLines MacroFunction(MacroBody macro)
    {
        var next = 0;
        foreach (var parameter in macro.Parameters)
            _lines.Line($"{_names.Of(parameter.Slot)} = values[{next++}];");
        foreach (var slot in new[] { macro.Caller, macro.NamedArguments, macro.OtherArguments })
        {
            if (slot is not null)
                _lines.Line($"{_names.Of(slot)} = values[{next++}];");
        }

        Line(macro.Line);
        Enter(macro.Scope);
        for (var i = 0; i < macro.Parameters.Count; i++)
        {
            var parameter = _names.Of(macro.Parameters[i].Slot);
            var value = macro.DefaultOf(i) is { } given ? _expressions.Value(given) : $"TemplateRun.NotProvided({SourceWriter.Literal(macro.Parameters[i].Name)})";
            _lines.Line($"if (ReferenceEquals({parameter}, TemplateRun.Missing))");
            _lines.Block(() => _lines.Line($"{parameter} = {value};"));
        }

        var text = _names.New("text");
        _lines.Line($"var {text} = new TemplateText();");
        Body(macro.Body, text);
        _lines.Line($"return run.Collect({text});");
        return Finish(macro.Scope.Code, []);
    }

    private void Call(CallStatement call, string text)
    {
        var function = DefineMacro(call.Macro);
        var caller = _names.New("caller");
        _lines.Line($"var {caller} = run.Macro({_names.Macro(call.Macro)}, {function});");
        Line(call.Line);
        var arguments = $"TemplateRun.WithCaller({_expressions.Arguments(call.Call.Arguments)}, {caller})";
        _lines.Line($"run.WriteText({text}, TemplateRun.TextOf(run.Call({_expressions.Value(call.Call.Callee)}, {arguments})));");
    }

    private void Generation(GenerationStatement generation, string text)
    {
        var start = _names.New("start");
        var function = _names.New("Generation");
        Function($"void {function}(TemplateText target)", Inner().GenerationFunction(generation.Macro));
        _lines.Line($"var {start} = TemplateRun.BeginGeneration({text});");
        _lines.Line($"{function}({text});");
        _lines.Line($"TemplateRun.EndGeneration({text}, {start});");
    }

    private CodeLines GenerationFunction(MacroBody macro)
    {
        if (macro.Caller is { } caller)
            _lines.Line($"{_names.Of(caller)} = TemplateRun.NoCaller();");
        if (macro.NamedArguments is { } named)
            _lines.Line($"{_names.Of(named)} = TemplateRun.Dict();");
        if (macro.OtherArguments is { } others)
            _lines.Line($"{_names.Of(others)} = TemplateRun.Tuple();");
        Enter(macro.Scope);
        Body(macro.Body, "target");
        return Finish(macro.Scope.Code, []);
    }

    private void FilterBlock(FilterStatement filter, string text)
    {
        Enter(filter.Scope);
        var collected = _names.New("text");
        _lines.Line($"var {collected} = new TemplateText();");
        Body(filter.Body, collected);
        Line(filter.Line);
        var value = _names.New("value");
        _lines.Line($"var {value} = run.CollectValue({collected});");
        _lines.Line($"run.WriteText({text}, TemplateRun.TextOf({BlockFilter(filter.Filter, value)}));");
    }

    // The innermost filter of a chain takes the block's text; each may change which part of it is trained.
    private string BlockFilter(FilterExpression filter, string text)
    {
        var value = text;
        if (filter.Value is FilterExpression inner)
        {
            value = _names.New("value");
            var written = BlockFilter(inner, text);
            _lines.Line($"var {value} = {written};");
        }

        return $"run.Changed({value}, {_expressions.Filter(filter, value)})";
    }

    private void With(WithStatement with, string text)
    {
        Enter(with.Scope);
        foreach (var (target, value) in with.Assignments)
            Assign(target, _expressions.Value(value));
        Body(with.Body, text);
    }

    private void Autoescape(AutoescapeStatement escape, string text)
    {
        Enter(escape.Scope);
        var before = _names.New("before");
        _lines.Line($"var {before} = run.SetEscapes({_expressions.Condition(escape.Value)});");
        if (_loops.Count > 0)
            _loops.Peek().Escapes.Add(before);
        Body(escape.Body, text);
        if (_loops.Count > 0)
            _loops.Peek().Escapes.Remove(before);
        _lines.Line($"run.SetEscapes({before});");
    }

    private void DefineBlock(BlockStatement block)
    {
        var function = _names.New("Block_" + block.Name);
        Function($"void {function}(TemplateText target)", Inner().BlockFunction(block));
        _lines.Line($"run.AddBlock({SourceWriter.Literal(block.Name)}, {function});");
    }

    private CodeLines BlockFunction(BlockStatement block)
    {
        if (block.Self is not null)
            _lines.Line($"{_names.Of(block.Self)} = run.Self();");
        if (block.Super is not null)
            _lines.Line($"{_names.Of(block.Super)} = TemplateRun.Super({SourceWriter.Literal(block.Name)});");
        Enter(block.Scope);
        Body(block.Body, "target");
        return Finish(block.Scope.Code, []);
    }

    private void Block(BlockStatement block, string text)
    {
        Line(block.Line);
        if (block.Required)
            _lines.Line($"TemplateRun.FailRequired({SourceWriter.Literal(block.Name)});");
        var variables = block.Scoped ? string.Concat(block.Visible.Select(item => $", {SourceWriter.Literal(item.Name)}, {_names.Of(item.Slot)}")) : "";
        _lines.Line($"run.RunBlock({text}, {SourceWriter.Literal(block.Name)}{variables});");
    }

    private void Load(LoadStatement load)
    {
        Line(load.Line);
        _lines.Line($"_ = {_expressions.Value(load.Template)};");
        _lines.Line("TemplateRun.FailToLoad();");
    }

    private void Assign(Expression target, string value)
    {
        switch (target)
        {
            case NameExpression name:
                _lines.Line($"{_names.Of(name.Slot)} = {value};");
                break;
            case NamespaceTarget attribute:
                _lines.Line($"TemplateRun.SetAttribute({_names.Of(attribute.Space.Slot)}, {SourceWriter.Literal(attribute.Attribute)}, {value});");
                break;
            case TupleExpression tuple:
                var items = _names.New("items");
                _lines.Line($"var {items} = TemplateRun.Unpack({value}, {tuple.Items.Count});");
                for (var i = 0; i < tuple.Items.Count; i++)
                    Assign(tuple.Items[i], $"{items}[{i}]");
                break;
        }
    }

    private void RequireNamespaces(Expression target)
    {
        foreach (var attribute in TemplateWalker.All(target).OfType<NamespaceTarget>())
            _lines.Line($"TemplateRun.RequireNamespace({_names.Of(attribute.Space.Slot)});");
    }

    private void Export(Expression target)
    {
        if (_template.Blocks.Count == 0)
            return;
        foreach (var name in TemplateWalker.All(target).OfType<NameExpression>().Where(name => name.Store))
            _lines.Line($"run.Export({SourceWriter.Literal(name.Name)}, {_names.Of(name.Slot)});");
    }
}
