namespace FineTune.Prompts.Templates;

/// <summary>A macro, or the body of a call block.</summary>
/// <param name="definition">Its name and parameters.</param>
/// <param name="escapes">Whether texts were escaped where it is defined.</param>
/// <param name="body">Runs it on values of its parameters, of which some may be missing.</param>
internal sealed class TemplateMacro(MacroDefinition definition, bool escapes, Func<object?[], string> body) : TemplateCallable(200)
{
    public override string TypeName => "Macro";

    public override string Repr() => definition.Name is { } name ? $"<Macro {PythonText.Quote(name)}>" : "<Macro anonymous>";

    public override bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "name" => definition.Name,
            "arguments" => new TemplateTuple([.. definition.Parameters]),
            "catch_kwargs" => definition.TakesNamed,
            "catch_varargs" => definition.TakesOthers,
            "caller" => definition.TakesCaller,
            "explicit_caller" => definition.Parameters.Contains("caller"),
            _ => TemplateRun.Missing,
        };
        return !ReferenceEquals(value, TemplateRun.Missing);
    }

    public override object? Call(TemplateRun run, TemplateArguments arguments)
    {
        var values = Bind(arguments);
        TemplateBudget.Enter();
        TemplateBudget.Steps(definition.Cost);
        var (line, escaping) = (run.Line, run.Escapes);
        run.Escapes = escapes;
        var text = body(values);
        run.Line = line;
        run.Escapes = escaping;
        TemplateBudget.Leave();
        return escaping ? new Markup(text) : text;
    }

    // Parameters, then those of "caller", "kwargs" and "varargs" that the body reads.
    private object?[] Bind(TemplateArguments arguments)
    {
        var parameters = definition.Parameters;
        var specials = (definition.TakesCaller ? 1 : 0) + (definition.TakesNamed ? 1 : 0) + (definition.TakesOthers ? 1 : 0);
        var values = new object?[parameters.Count + specials];
        var given = Math.Min(arguments.Count, parameters.Count);
        Array.Copy(arguments.Positional, values, given);
        var named = arguments.HasNamed ? arguments.NamedCopy() : null;
        for (var i = given; i < parameters.Count; i++)
            values[i] = Take(named, parameters[i], TemplateRun.Missing);
        var next = parameters.Count;
        if (definition.TakesCaller)
            values[next++] = Take(named, "caller", null) ?? TemplateRun.NoCaller();
        if (definition.TakesNamed)
            values[next++] = named ?? new TemplateDict();
        else if (named is { Count: > 0 })
            throw TemplateException.Type($"macro {PythonText.Repr(definition.Name)} takes no keyword argument {PythonText.Repr(named.Entries[0].Key)}");
        if (definition.TakesOthers)
            values[next] = new TemplateTuple(arguments.Positional[given..]);
        else if (arguments.Count > parameters.Count)
            throw TemplateException.Type($"macro {PythonText.Repr(definition.Name)} takes not more than {parameters.Count} argument(s)");
        return values;
    }

    private static object? Take(TemplateDict? named, string name, object? otherwise)
    {
        if (named is null || !named.TryGet(name, out var value))
            return otherwise;
        named.Remove(name);
        return value;
    }
}
