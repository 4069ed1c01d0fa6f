using System.Numerics;
using FineTune.Diagnostics;
using FineTune.Templates;

namespace FineTune.Reading.ChatTemplates;

/// <summary>Operators on values that they do not take, as far as the values' types are known from the text.</summary>
internal static class OperandChecks
{
    private enum Known
    {
        Nothing,
        Text,
        Number,
        None,
        List,
        Dict,
    }

    private static readonly HashSet<string> LoopNumbers = ["index", "index0", "revindex", "revindex0", "length", "depth", "depth0"];

    public static IEnumerable<TemplateFinding> Check(BoundTemplate template, TemplateScopes scopes)
    {
        var namespaces = Namespaces(template);
        foreach (var expression in TemplateWalker.Expressions(template.Body))
        {
            if (expression is BinaryExpression binary && Describe(binary) is { } problem)
                yield return new(TemplateDiagnostics.WrongOperands, binary.Line, problem);
            else if (expression is NamespaceTarget target && !namespaces.Contains(target.Space.Name) && !IsParameter(template, target.Space.Name))
                yield return new(TemplateDiagnostics.NotANamespace, target.Line, NotANamespace(target, scopes));
        }
    }

    private static string NotANamespace(NamespaceTarget target, TemplateScopes scopes) => scopes.Assigned.Contains(target.Space.Name)
        ? $"'{target.Space.Name}' is no namespace, so that its attribute cannot be set: create it by {{% set {target.Space.Name} = namespace({target.Attribute}=…) %}}."
        : $"Nothing creates the namespace '{target.Space.Name}': write {{% set {target.Space.Name} = namespace({target.Attribute}=…) %}} before.";

    // Names that may hold a namespace: assigned from anything but a literal.
    private static HashSet<string> Namespaces(BoundTemplate template)
    {
        var names = new HashSet<string>();
        foreach (var statement in TemplateWalker.Statements(template.Body))
        {
            var assignments = statement switch
            {
                SetStatement { Target: NameExpression } set => [(set.Target, set.Value)],
                WithStatement with => with.Assignments,
                _ => (IReadOnlyList<(Expression Target, Expression Value)>)[],
            };
            foreach (var (target, value) in assignments)
            {
                if (target is NameExpression name && TypeOf(value) == Known.Nothing)
                    names.Add(name.Name);
            }

            if (statement is SetStatement { Target: TupleExpression tuple })
                names.UnionWith(TemplateWalker.All(tuple).OfType<NameExpression>().Select(name => name.Name));
        }

        return names;
    }

    private static bool IsParameter(BoundTemplate template, string name) => TemplateWalker.Statements(template.Body).Any(statement => statement switch
    {
        MacroStatement macro => macro.Macro.Parameters.Any(parameter => parameter.Name == name),
        CallStatement call => call.Macro.Parameters.Any(parameter => parameter.Name == name),
        ForStatement loop => TemplateWalker.All(loop.Target).OfType<NameExpression>().Any(target => target.Name == name),
        _ => false,
    });

    private static string? Describe(BinaryExpression binary)
    {
        var (left, right) = (TypeOf(binary.Left), TypeOf(binary.Right));
        if (binary.Operator is BinaryOperator.Divide or BinaryOperator.FloorDivide && left is Known.Nothing or Known.Number && IsZero(binary.Right))
            return "This divides by zero.";
        if (left == Known.Nothing || right == Known.Nothing)
            return null;
        return binary.Operator switch
        {
            BinaryOperator.Add when (left, right) is (Known.Text, Known.Number) or (Known.Number, Known.Text) =>
                "'+' does not join a text and a number: write '~' in place of '+', or 'x | string'.",
            BinaryOperator.Add or BinaryOperator.Subtract when left == Known.None || right == Known.None => "None can neither be added nor subtracted.",
            BinaryOperator.Add when left != right || left == Known.Dict => $"'+' does not join {Name(left)} and {Name(right)}.",
            BinaryOperator.Subtract when left != Known.Number || right != Known.Number => $"'-' does not take {Name(left)} and {Name(right)}.",
            BinaryOperator.Modulo when left == Known.Number && IsZero(binary.Right) => "This divides by zero.",
            BinaryOperator.Divide or BinaryOperator.FloorDivide or BinaryOperator.Power when left != Known.Number || right != Known.Number =>
                $"This operator does not take {Name(left)} and {Name(right)}.",
            _ => null,
        };
    }

    private static bool IsZero(Expression expression) => expression is ConstantExpression { Value: BigInteger { IsZero: true } or 0.0 };

    private static string Name(Known known) => known switch
    {
        Known.Text => "a text",
        Known.Number => "a number",
        Known.List => "a list",
        Known.Dict => "a dictionary",
        _ => "none",
    };

    private static Known TypeOf(Expression expression) => expression switch
    {
        ConstantExpression { Value: string } or ConcatExpression => Known.Text,
        ConstantExpression { Value: BigInteger or double } => Known.Number,
        ConstantExpression { Value: null } => Known.None,
        ListExpression => Known.List,
        DictExpression => Known.Dict,
        FilterExpression { Name: "length" or "count" or "int" or "float" or "wordcount" } => Known.Number,
        FilterExpression { Name: "string" or "trim" or "upper" or "lower" or "title" or "join" or "tojson" or "capitalize" } => Known.Text,
        FilterExpression { Name: "list" or "sort" } => Known.List,
        AttributeExpression { Target: NameExpression { Name: "loop" }, Name: var name } when LoopNumbers.Contains(name) => Known.Number,
        BinaryExpression { Operator: BinaryOperator.Add } binary when TypeOf(binary.Left) is var left && left == TypeOf(binary.Right) => left,
        BinaryExpression { Operator: BinaryOperator.Subtract } binary when TypeOf(binary.Left) == Known.Number && TypeOf(binary.Right) == Known.Number => Known.Number,
        _ => Known.Nothing,
    };
}
