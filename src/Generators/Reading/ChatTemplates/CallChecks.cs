using FineTune.Diagnostics;
using FineTune.Templates;

namespace FineTune.Reading.ChatTemplates;

/// <summary>Calls that cannot work: of what there is none of, with other arguments than are taken, or of what is forbidden.</summary>
internal static class CallChecks
{
    // What Python programmers look for, and where it is.
    private static readonly Dictionary<string, string> Instead = new()
    {
        ["len"] = "x | length",
        ["str"] = "x | string",
        ["int"] = "x | int",
        ["float"] = "x | float",
        ["list"] = "x | list",
        ["tuple"] = "x | list",
        ["max"] = "xs | max",
        ["min"] = "xs | min",
        ["sum"] = "xs | sum",
        ["abs"] = "x | abs",
        ["round"] = "x | round",
        ["sorted"] = "xs | sort",
        ["reversed"] = "xs | reverse",
        ["enumerate"] = "loop.index0",
        ["isinstance"] = "x is string",
        ["print"] = "{{ x }}",
        ["tojson"] = "x | tojson",
        ["json"] = "x | tojson",
        ["trim"] = "x | trim",
        ["join"] = "xs | join",
        ["raise"] = "raise_exception('…')",
        ["now"] = "strftime_now('%Y-%m-%d')",
    };

    private static readonly HashSet<string> Changes =
        ["append", "extend", "insert", "remove", "pop", "popitem", "clear", "sort", "reverse", "update", "setdefault"];

    public static IEnumerable<TemplateFinding> Check(BoundTemplate template, TemplateScopes scopes)
    {
        var macros = TemplateWalker.Statements(template.Body).OfType<MacroStatement>().ToLookup(macro => macro.Target.Name);
        var targets = TemplateWalker.Expressions(template.Body).OfType<NameExpression>().Where(name => name.Store).ToLookup(name => name.Name);
        foreach (var expression in TemplateWalker.Expressions(template.Body))
        {
            var finding = expression switch
            {
                FilterExpression filter => CheckFilter(filter),
                TestExpression test => CheckArguments("test", test.Name, Builtins.Tests, test.Arguments, test.Line),
                CallExpression { Callee: NameExpression name } call when scopes.IsGiven(name) => CheckFunction(name, call, scopes),
                CallExpression { Callee: NameExpression name } call when macros[name.Name].Count() == 1 && !targets[name.Name].Any() =>
                    CheckMacro(macros[name.Name].Single().Macro, call),
                CallExpression { Callee: AttributeExpression attribute } when Changes.Contains(attribute.Name) => new(
                    TemplateDiagnostics.Unsafe,
                    attribute.Line,
                    $"Templates cannot change lists and dictionaries, so that '.{attribute.Name}(…)' fails. Make a new one, as {{% set xs = xs + [x] %}}; to keep it beyond a loop, use a namespace."),
                CallExpression { Callee: AttributeExpression { Name: var name } callee } when IsInternal(name) => Internal(name, callee.Line),
                AttributeExpression { Target: AttributeExpression { Name: var name } target } when IsInternal(name) => Internal(name, target.Line),
                NamespaceTarget { Attribute: ['_', ..] } target => Private(target.Attribute, target.Line),
                _ => null,
            };
            if (finding is not null)
                yield return finding;
            if (expression is CallExpression { Callee: NameExpression { Name: "namespace" }, Arguments.Named: var named })
            {
                foreach (var (name, value) in named.Where(argument => argument.Name[0] == '_'))
                    yield return Private(name, value.Line);
            }
        }
    }

    private static bool IsInternal(string name) => name.StartsWith("__", StringComparison.Ordinal);

    private static TemplateFinding Internal(string name, int line) =>
        new(TemplateDiagnostics.Unsafe, line, $"'{name}' is an internal of Python, which templates may not reach: this fails. If you did not write the template, ask where it is from.");

    private static TemplateFinding Private(string name, int line) =>
        new(TemplateDiagnostics.Unsafe, line, $"Names in a namespace do not begin with an underscore: rename '{name}' to '{name.TrimStart('_')}'.");

    private static TemplateFinding? CheckFilter(FilterExpression filter)
    {
        var arguments = filter.Arguments;
        var test = filter.Name is "selectattr" or "rejectattr" ? 1 : filter.Name is "select" or "reject" ? 0 : -1;
        if (filter.Name == "map" && arguments.Positional is [ConstantExpression { Value: string mapped }, ..] && !Builtins.Filters.ContainsKey(mapped))
            return new(TemplateDiagnostics.UnknownFilter, filter.Line, SyntaxFindings.Unknown("filter", mapped));
        if (test >= 0 && arguments.Positional.Count > test && arguments.Positional[test] is ConstantExpression { Value: string tested } && !Builtins.Tests.ContainsKey(tested))
            return new(TemplateDiagnostics.UnknownTest, filter.Line, SyntaxFindings.Unknown("test", tested));
        return CheckArguments("filter", filter.Name, Builtins.Filters, arguments, filter.Line);
    }

    private static TemplateFinding? CheckArguments(string kind, string name, IReadOnlyDictionary<string, Signature> signatures, CallArguments arguments, int line)
    {
        if (!signatures.TryGetValue(name, out var signature) || signature.Open || arguments.Starred is not null || arguments.DoubleStarred is not null)
            return null;
        var takes = signature.Parameters.Length == 0 ? "no arguments" : string.Join(", ", signature.Parameters.Select(parameter => parameter.TrimEnd('?')));
        string? problem = null;
        if (arguments.Positional.Count > signature.Parameters.Length)
            problem = $"takes {takes}, and is given {arguments.Positional.Count} argument(s)";
        else if (arguments.Named.Select(argument => argument.Name).FirstOrDefault(argument => !signature.ByName || signature.IndexOf(argument) < 0) is { } unknown)
            problem = $"takes no '{unknown}'; it takes {takes}{SyntaxFindings.Meant(unknown, signature.Parameters.Select(parameter => parameter.TrimEnd('?')))}";
        else if (arguments.Named.Select(argument => argument.Name).FirstOrDefault(argument => signature.IndexOf(argument) < arguments.Positional.Count) is { } twice)
            problem = $"is given '{twice}' twice";
        else if (signature.Parameters.Skip(arguments.Positional.Count).FirstOrDefault(parameter => parameter[parameter.Length - 1] != '?' && arguments.Named.All(argument => argument.Name != parameter)) is { } missing)
            problem = $"needs '{missing}'";
        return problem is null ? null : new(TemplateDiagnostics.WrongArguments, line, $"The {kind} '{name}' {problem}{(problem.EndsWith("?", StringComparison.Ordinal) ? "" : ".")}");
    }

    private static TemplateFinding? CheckFunction(NameExpression name, CallExpression call, TemplateScopes scopes)
    {
        if (Builtins.Globals.Contains(name.Name) || scopes.AskedFor.Contains(name.Name) || scopes.Assigned.Contains(name.Name) || name.Name == "loop")
            return null;
        var meant = Instead.TryGetValue(name.Name, out var instead)
            ? $"; write '{instead}'."
            : SyntaxFindings.Meant(name.Name, Builtins.Globals.Concat(scopes.Assigned)) is { Length: > 0 } near ? near : ".";
        return new(TemplateDiagnostics.UnknownFunction, call.Line, $"Chat templates have no function '{name.Name}'{meant}");
    }

    private static TemplateFinding? CheckMacro(MacroBody macro, CallExpression call)
    {
        var arguments = call.Arguments;
        if (arguments.Starred is not null || arguments.DoubleStarred is not null)
            return null;
        var parameters = macro.Parameters.Select(parameter => parameter.Name).ToList();
        string? problem = null;
        if (macro.OtherArguments is null && arguments.Positional.Count > parameters.Count)
            problem = $"takes {parameters.Count} argument(s), and is given {arguments.Positional.Count}";
        else if (macro.NamedArguments is null && arguments.Named.Select(argument => argument.Name).FirstOrDefault(argument => argument != "caller" && !parameters.Contains(argument)) is { } unknown)
            problem = $"has no parameter '{unknown}'{SyntaxFindings.Meant(unknown, parameters)}";
        return problem is null ? null : new(TemplateDiagnostics.WrongMacroArguments, call.Line, $"The macro '{macro.Name}' {problem}{(problem.EndsWith("?", StringComparison.Ordinal) ? "" : ".")}");
    }
}
