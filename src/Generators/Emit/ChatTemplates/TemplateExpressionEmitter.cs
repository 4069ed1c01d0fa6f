using System.Numerics;
using FineTune.Templates;

namespace FineTune.Emit.ChatTemplates;

/// <summary>Writes expressions: as a value, or as a C# condition where only its truth matters.</summary>
/// <param name="names">The names of the template.</param>
/// <param name="temporaries">The temporary variables of the function that is written; grows.</param>
internal sealed class TemplateExpressionEmitter(TemplateNames names, List<string> temporaries)
{
    /// <summary>An expression of type <c>object?</c>.</summary>
    public string Value(Expression expression) => expression switch
    {
        ConstantExpression constant => Constant(constant.Value),
        NameExpression name => $"TemplateRun.Load({names.Of(name.Slot)}, {Literal(name.Name)})",
        AttributeExpression attribute => $"run.{(IsField(attribute.Name) ? "Field" : "Attribute")}({Value(attribute.Target)}, {Literal(attribute.Name)})",
        ItemExpression { Key: SliceExpression slice } item => $"TemplateRun.Slice({Value(item.Target)}, {Optional(slice.Start)}, {Optional(slice.Stop)}, {Optional(slice.Step)})",
        ItemExpression item => $"TemplateRun.Item({Value(item.Target)}, {Value(item.Key)})",
        BinaryExpression binary => Binary(binary),
        UnaryExpression { Operator: UnaryOperator.Negate } unary => $"TemplateRun.Negate({Value(unary.Operand)})",
        UnaryExpression { Operator: UnaryOperator.Plus } unary => $"TemplateRun.Plus({Value(unary.Operand)})",
        ConditionalExpression conditional =>
            $"({Condition(conditional.Test)} ? {Value(conditional.Then)} : {(conditional.Else is null ? $"TemplateRun.NoElse({conditional.Line})" : Value(conditional.Else))})",
        FilterExpression filter => Filter(filter, Value(filter.Value!)),
        CallExpression call => $"run.Call({Value(call.Callee)}, {Arguments(call.Arguments)})",
        ConcatExpression concat => $"run.Concat({Values(concat.Items)})",
        ListExpression list => $"TemplateRun.List({Values(list.Items)})",
        TupleExpression tuple => $"TemplateRun.Tuple({Values(tuple.Items)})",
        DictExpression dict => $"TemplateRun.Dict({Values(dict.Children)})",
        _ => $"TemplateRun.Box({Condition(expression)})",
    };

    /// <summary>An expression of type <c>bool</c>.</summary>
    public string Condition(Expression expression) => expression switch
    {
        ConstantExpression constant => constant.Value switch
        {
            null or false => "false",
            true => "true",
            _ => $"TemplateRun.IsTrue({Constant(constant.Value)})",
        },
        UnaryExpression { Operator: UnaryOperator.Not } unary => $"!{Condition(unary.Operand)}",
        BinaryExpression { Operator: BinaryOperator.And } binary => $"({Condition(binary.Left)} && {Condition(binary.Right)})",
        BinaryExpression { Operator: BinaryOperator.Or } binary => $"({Condition(binary.Left)} || {Condition(binary.Right)})",
        CompareExpression compare => Compare(compare),
        TestExpression test => Test(test),
        _ => $"TemplateRun.IsTrue({Value(expression)})",
    };

    /// <summary>Arguments of a call.</summary>
    public string Arguments(CallArguments arguments)
    {
        if (arguments.Plain)
            return arguments.Positional.Count == 0 ? "TemplateArguments.None" : $"new TemplateArguments({Values(arguments.Positional)})";
        var keys = string.Join(", ", arguments.Named.Select(argument => Literal(argument.Name)));
        var starred = arguments.Starred is null ? "TemplateRun.Missing" : Value(arguments.Starred);
        var doubleStarred = arguments.DoubleStarred is null ? "TemplateRun.Missing" : Value(arguments.DoubleStarred);
        return $"TemplateRun.Arguments([{Values(arguments.Positional)}], [{keys}], [{Values(arguments.Named.Select(argument => argument.Value))}], {starred}, {doubleStarred})";
    }

    /// <summary>A filter on a value that is written already.</summary>
    public string Filter(FilterExpression filter, string value) => ReferenceEquals(filter.Arguments, CallArguments.None)
        ? $"{names.Filter(filter.Name)}.Apply(run, {value})"
        : $"{names.Filter(filter.Name)}.Apply(run, {value}, {Arguments(filter.Arguments)})";

    private static string Literal(string text) => SourceWriter.Literal(text);

    // Names that no dictionary has as a method: only its items need to be looked for.
    private static bool IsField(string name) => name[0] != '_' && !DictMethods.Names.Contains(name);

    private string Constant(object? value) => value switch
    {
        null => "(object?)null",
        true => "TemplateRun.True",
        false => "TemplateRun.False",
        BigInteger number => names.Integer(number),
        double real => names.Real(real),
        _ => Literal((string)value),
    };

    private string Optional(Expression? expression) => expression is null ? "null" : Value(expression);

    private string Values(IEnumerable<Expression> expressions) => string.Join(", ", expressions.Select(Value));

    private string Binary(BinaryExpression binary)
    {
        if (binary.Operator is BinaryOperator.And or BinaryOperator.Or)
        {
            var temporary = Temporary();
            var test = $"TemplateRun.IsTrue({temporary} = {Value(binary.Left)})";
            return binary.Operator == BinaryOperator.And ? $"({test} ? {Value(binary.Right)} : {temporary})" : $"({test} ? {temporary} : {Value(binary.Right)})";
        }

        var method = binary.Operator == BinaryOperator.Add ? "run.Add" : $"TemplateRun.{binary.Operator}";
        return $"{method}({Value(binary.Left)}, {Value(binary.Right)})";
    }

    private string Compare(CompareExpression compare)
    {
        var left = Value(compare.First);
        var parts = new List<string>();
        for (var i = 0; i < compare.Rest.Count; i++)
        {
            var (operation, operand) = compare.Rest[i];
            var right = Value(operand);
            if (i < compare.Rest.Count - 1)
            {
                var temporary = Temporary();
                right = $"{temporary} = {right}";
                parts.Add(Compare(operation, left, right));
                left = temporary;
            }
            else
            {
                parts.Add(Compare(operation, left, right));
            }
        }

        return parts.Count == 1 ? parts[0] : $"({string.Join(" && ", parts)})";
    }

    private static string Compare(CompareOperator operation, string left, string right) => operation switch
    {
        CompareOperator.Equal => $"TemplateRun.AreEqual({left}, {right})",
        CompareOperator.NotEqual => $"!TemplateRun.AreEqual({left}, {right})",
        CompareOperator.Less => $"TemplateRun.IsLess({left}, {right})",
        CompareOperator.LessOrEqual => $"TemplateRun.IsLessOrEqual({left}, {right})",
        CompareOperator.Greater => $"TemplateRun.IsGreater({left}, {right})",
        CompareOperator.GreaterOrEqual => $"TemplateRun.IsGreaterOrEqual({left}, {right})",
        CompareOperator.In => $"TemplateRun.IsIn({left}, {right})",
        _ => $"!TemplateRun.IsIn({left}, {right})",
    };

    private string Test(TestExpression test)
    {
        var value = Value(test.Value);
        if (!ReferenceEquals(test.Arguments, CallArguments.None))
            return $"{names.Test(test.Name)}.Holds(run, {value}, {Arguments(test.Arguments)})";
        return test.Name switch
        {
            "defined" => $"TemplateRun.IsDefined({value})",
            "undefined" => $"!TemplateRun.IsDefined({value})",
            "none" => $"({value} is null)",
            "string" => $"TemplateRun.IsString({value})",
            "mapping" => $"TemplateRun.IsMapping({value})",
            _ => $"{names.Test(test.Name)}.Holds(run, {value})",
        };
    }

    private string Temporary()
    {
        var name = names.New("value");
        temporaries.Add(name);
        return name;
    }
}
