namespace FineTune.Prompts.Templates;

/// <content>Writing, calls, macros and blocks.</content>
public sealed partial class TemplateRun
{
    /// <summary>Writes a value as a template prints it.</summary>
    public void Write(TemplateText text, object? value)
    {
        if (Escapes)
        {
            WriteText(text, PythonMarkup.Escape(value).Text);
            return;
        }

        WriteText(text, value as string ?? PythonText.String(value));
    }

    /// <summary>Writes text that was collected.</summary>
    public void WriteText(TemplateText text, string value)
    {
        Captured?.Print(value, text, text.Length);
        text.Append(value);
    }

    /// <summary>The text that was collected.</summary>
    public string Collect(TemplateText text)
    {
        var collected = text.ToString();
        if (text.Spans is { } spans && collected.Length > 0)
            (Captured ??= new CapturedSpans()).Add(collected, spans);
        return collected;
    }

    /// <summary>The value of a set block.</summary>
    public object CollectValue(TemplateText text) => Escapes ? new Markup(Collect(text)) : Collect(text);

    /// <summary>Notes that a filter changed a collected text.</summary>
    public object? Changed(object? from, object? to)
    {
        if (Captured is not null && from is string text && to is string changed)
            Captured.Change(text, changed);
        return to;
    }

    /// <summary>Marks what was written since an offset as a generation block's.</summary>
    public static void EndGeneration(TemplateText text, int start) => text.AddSpan(new(start, text.Length));

    /// <summary>The offset at which a generation block begins.</summary>
    public static int BeginGeneration(TemplateText text) => text.Length;

    /// <summary>Calls a value.</summary>
    public object? Call(object? callee, TemplateArguments arguments) => callee switch
    {
        TemplateCallable callable => callable.Call(this, arguments),
        Undefined undefined => throw undefined.Fail(),
        _ => throw TemplateException.Type($"'{PythonTypes.NameOf(callee)}' object is not callable"),
    };

    /// <summary>Arguments of all sorts.</summary>
    /// <param name="positional">Those by position.</param>
    /// <param name="names">The names of those by name.</param>
    /// <param name="named">Their values.</param>
    /// <param name="starred">More by position; <see cref="Missing"/>: none.</param>
    /// <param name="doubleStarred">More by name; <see cref="Missing"/>: none.</param>
    public static TemplateArguments Arguments(object?[] positional, string[] names, object?[] named, object? starred, object? doubleStarred)
    {
        if (!ReferenceEquals(starred, Missing))
        {
            if (!PythonIteration.IsIterable(starred))
                throw TemplateException.Type($"argument after * must be an iterable, not {PythonTypes.NameOf(starred)}");
            positional = [.. positional, .. PythonIteration.ToList(starred)];
        }

        var dict = new TemplateDict();
        for (var i = 0; i < names.Length; i++)
            dict.Set(names[i], named[i]);
        if (ReferenceEquals(doubleStarred, Missing))
            return new TemplateArguments(positional, dict);
        if (doubleStarred is not TemplateDict more)
            throw TemplateException.Type($"argument after ** must be a mapping, not {PythonTypes.NameOf(doubleStarred)}");
        foreach (var (key, value) in more.Entries)
        {
            if (key is not string name)
                throw TemplateException.Type("keywords must be strings");
            if (dict.TryGet(name, out _))
                throw TemplateException.Type($"got multiple values for keyword argument '{name}'");
            dict.Set(name, value);
        }

        return new TemplateArguments(positional, dict);
    }

    /// <summary>Arguments with the body of a call block.</summary>
    public static TemplateArguments WithCaller(TemplateArguments arguments, object? caller)
    {
        var named = arguments.NamedCopy();
        named.Set("caller", caller);
        return new TemplateArguments(arguments.Positional, named);
    }

    /// <summary>A macro.</summary>
    public object Macro(MacroDefinition definition, Func<object?[], string> body) => new TemplateMacro(definition, Escapes, body);

    /// <summary>Turns escaping on or off; returns what it was.</summary>
    public bool SetEscapes(bool escapes)
    {
        var before = Escapes;
        Escapes = escapes;
        return before;
    }

    /// <summary>Makes a block known.</summary>
    public void AddBlock(string name, Action<TemplateText> body) => (_blocks ??= []).Add(name, body);

    /// <summary>Runs a block where it stands.</summary>
    public void RunBlock(TemplateText text, string name)
    {
        TemplateBudget.Enter();
        _blocks![name](text);
        TemplateBudget.Leave();
    }

    /// <summary>Runs a block that sees variables around it: names, each followed by its value.</summary>
    public void RunBlock(TemplateText text, string name, params object?[] variables)
    {
        var before = _exported;
        _exported = before is null ? [] : new(before);
        for (var i = 0; i < variables.Length; i += 2)
        {
            if (!ReferenceEquals(variables[i + 1], Missing))
                _exported[(string)variables[i]!] = variables[i + 1];
        }

        RunBlock(text, name);
        _exported = before;
    }

    /// <summary>The variable <c>self</c>.</summary>
    public object Self() => new TemplateSelf((_blocks ?? []).ToDictionary(block => block.Key, block => (Func<string>)(() =>
    {
        var text = new TemplateText();
        block.Value(text);
        return Collect(text);
    })));

    /// <summary>The variable <c>super</c>, which a template without a parent does not have.</summary>
    public static object Super(string block) => Undefined.Hint($"there is no parent block called {PythonText.Quote(block)}.");

    /// <summary>A required block, which no other template fills.</summary>
    public static void FailRequired(string block) =>
        throw new TemplateException(TemplateErrorKind.Runtime, $"Required block {PythonText.Quote(block)} not found");
}
