using FineTune.Diagnostics;
using FineTune.Keys;
using FineTune.Templates;

namespace FineTune.Reading.ChatTemplates;

/// <summary>Names that mean nothing where they stand.</summary>
internal static class NameChecks
{
    public static IEnumerable<TemplateFinding> Check(BoundTemplate template, TemplateScopes scopes)
    {
        var inLoops = AssignedInLoops(template);
        var candidates = KnownVariables.All.Concat(Builtins.Globals).Concat(scopes.Assigned.OrderBy(name => name, StringComparer.Ordinal)).ToList();
        var called = new HashSet<Expression>(TemplateWalker.Expressions(template.Body).OfType<CallExpression>().Select(call => call.Callee));
        foreach (var name in TemplateWalker.Expressions(template.Body).OfType<NameExpression>().Where(scopes.IsGiven))
        {
            if (KnownVariables.All.Contains(name.Name) || Builtins.Globals.Contains(name.Name) || scopes.AskedFor.Contains(name.Name))
                continue;
            if (name.Name == "loop")
            {
                yield return new(TemplateDiagnostics.LoopOutside, name.Line,
                    "'loop' stands in no loop, where it is undefined. A macro does not see the loop that it is called in: give it what it needs as an argument.");
            }
            else if (inLoops.TryGetValue(name.Name, out var line))
            {
                yield return new(TemplateDiagnostics.EndsWithLoop, name.Line,
                    $"'{name.Name}' is assigned in the loop of line {line} and ends with it, so that it is undefined here. Keep it in a namespace: "
                    + $"{{% set ns = namespace({name.Name}=none) %}} before the loop, {{% set ns.{name.Name} = … %}} in it.");
            }
            else if (!called.Contains(name) && !scopes.Assigned.Contains(name.Name) && Suggestion.Nearest(name.Name, candidates) is { } nearest)
            {
                yield return new(TemplateDiagnostics.UnknownVariable, name.Line, $"Nothing defines '{name.Name}', which prints as nothing; did you mean '{nearest}'?");
            }
        }
    }

    // Names that are assigned in loops only, with the loop's line.
    private static Dictionary<string, int> AssignedInLoops(BoundTemplate template)
    {
        var lines = new Dictionary<string, int>();
        foreach (var loop in TemplateWalker.Statements(template.Body).OfType<ForStatement>())
        {
            var assigned = TemplateWalker.Statements(loop.Body).SelectMany(Targets).Append(loop.Target)
                .SelectMany(TemplateWalker.All).OfType<NameExpression>();
            foreach (var name in assigned.Where(name => name.Store && !lines.ContainsKey(name.Name)))
                lines.Add(name.Name, loop.Line);
        }

        return lines;
    }

    private static IEnumerable<Expression> Targets(Statement statement) => statement switch
    {
        SetStatement set => [set.Target],
        SetBlockStatement set => [set.Target],
        _ => [],
    };
}
