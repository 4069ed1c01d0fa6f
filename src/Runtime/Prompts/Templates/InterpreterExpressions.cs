using FineTune.Templates;

namespace FineTune.Prompts.Templates;

/// <content>Expressions.</content>
internal sealed partial class Interpreter
{
    private object? Evaluate(Expression expression, InterpreterFrame frame)
    {
        switch (expression)
        {
            case ConstantExpression constant: return _cache.Constant(constant);
            case NameExpression name: return TemplateRun.Load(frame.Get(name.Slot), name.Name);
            case AttributeExpression attribute: return _run.Attribute(Evaluate(attribute.Target, frame), attribute.Name);
            case ItemExpression item: return EvaluateItem(item, frame);
            case BinaryExpression binary: return EvaluateBinary(binary, frame);
            case CompareExpression compare: return EvaluateCompare(compare, frame);
            case UnaryExpression unary: return EvaluateUnary(unary, frame);
            case ConditionalExpression conditional:
                if (TemplateRun.IsTrue(Evaluate(conditional.Test, frame)))
                    return Evaluate(conditional.Then, frame);
                return conditional.Else is null ? TemplateRun.NoElse(conditional.Line) : Evaluate(conditional.Else, frame);
            case FilterExpression filter: return EvaluateFilter(filter, Evaluate(filter.Value!, frame), frame);
            case TestExpression test: return EvaluateTest(test, frame);
            case CallExpression call:
                var callee = Evaluate(call.Callee, frame);
                return _run.Call(callee, EvaluateArguments(call.Arguments, frame));
            case ConcatExpression concat: return _run.Concat(EvaluateAll(concat.Items, frame));
            case ListExpression list: return TemplateRun.List(EvaluateAll(list.Items, frame));
            case TupleExpression tuple: return TemplateRun.Tuple(EvaluateAll(tuple.Items, frame));
            case DictExpression dict: return TemplateRun.Dict(EvaluateAll([.. dict.Children], frame));
            default: throw new InvalidOperationException($"A template has no expression {expression.GetType().Name} here.");
        }
    }

    private object?[] EvaluateAll(IReadOnlyList<Expression> expressions, InterpreterFrame frame)
    {
        if (expressions.Count == 0)
            return [];
        var values = new object?[expressions.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = Evaluate(expressions[i], frame);
        return values;
    }

    private object? EvaluateItem(ItemExpression item, InterpreterFrame frame)
    {
        var target = Evaluate(item.Target, frame);
        if (item.Key is not SliceExpression slice)
            return TemplateRun.Item(target, Evaluate(item.Key, frame));
        var start = slice.Start is null ? null : Evaluate(slice.Start, frame);
        var stop = slice.Stop is null ? null : Evaluate(slice.Stop, frame);
        var step = slice.Step is null ? null : Evaluate(slice.Step, frame);
        return TemplateRun.Slice(target, start, stop, step);
    }

    private object? EvaluateBinary(BinaryExpression binary, InterpreterFrame frame)
    {
        var left = Evaluate(binary.Left, frame);
        if (binary.Operator is BinaryOperator.And or BinaryOperator.Or)
            return TemplateRun.IsTrue(left) == (binary.Operator == BinaryOperator.And) ? Evaluate(binary.Right, frame) : left;
        var right = Evaluate(binary.Right, frame);
        return binary.Operator switch
        {
            BinaryOperator.Add => _run.Add(left, right),
            BinaryOperator.Subtract => TemplateRun.Subtract(left, right),
            BinaryOperator.Multiply => TemplateRun.Multiply(left, right),
            BinaryOperator.Divide => TemplateRun.Divide(left, right),
            BinaryOperator.FloorDivide => TemplateRun.FloorDivide(left, right),
            BinaryOperator.Modulo => TemplateRun.Modulo(left, right),
            _ => TemplateRun.Power(left, right),
        };
    }

    private object? EvaluateUnary(UnaryExpression unary, InterpreterFrame frame)
    {
        var value = Evaluate(unary.Operand, frame);
        return unary.Operator switch
        {
            UnaryOperator.Not => !TemplateRun.IsTrue(value),
            UnaryOperator.Negate => TemplateRun.Negate(value),
            _ => TemplateRun.Plus(value),
        };
    }

    private object EvaluateCompare(CompareExpression compare, InterpreterFrame frame)
    {
        var left = Evaluate(compare.First, frame);
        foreach (var (operation, operand) in compare.Rest)
        {
            var right = Evaluate(operand, frame);
            var holds = operation switch
            {
                CompareOperator.Equal => TemplateRun.AreEqual(left, right),
                CompareOperator.NotEqual => !TemplateRun.AreEqual(left, right),
                CompareOperator.Less => TemplateRun.IsLess(left, right),
                CompareOperator.LessOrEqual => TemplateRun.IsLessOrEqual(left, right),
                CompareOperator.Greater => TemplateRun.IsGreater(left, right),
                CompareOperator.GreaterOrEqual => TemplateRun.IsGreaterOrEqual(left, right),
                CompareOperator.In => TemplateRun.IsIn(left, right),
                _ => !TemplateRun.IsIn(left, right),
            };
            if (!holds)
                return false;
            left = right;
        }

        return true;
    }

    // In a filter block, the innermost filter of a chain takes the block's text.
    private object? EvaluateBlockFilter(FilterExpression filter, object? text, InterpreterFrame frame)
    {
        var value = filter.Value is FilterExpression inner ? EvaluateBlockFilter(inner, text, frame) : text;
        return _run.Changed(value, EvaluateFilter(filter, value, frame));
    }

    private object? EvaluateFilter(FilterExpression filter, object? value, InterpreterFrame frame) =>
        ReferenceEquals(filter.Arguments, CallArguments.None)
            ? _cache.Filter(filter).Apply(_run, value)
            : _cache.Filter(filter).Apply(_run, value, EvaluateArguments(filter.Arguments, frame));

    private object EvaluateTest(TestExpression test, InterpreterFrame frame)
    {
        var value = Evaluate(test.Value, frame);
        return ReferenceEquals(test.Arguments, CallArguments.None)
            ? _cache.Test(test).Holds(_run, value)
            : _cache.Test(test).Holds(_run, value, EvaluateArguments(test.Arguments, frame));
    }

    private TemplateArguments EvaluateArguments(CallArguments arguments, InterpreterFrame frame)
    {
        if (arguments.Plain)
            return arguments.Positional.Count == 0 ? TemplateArguments.None : new TemplateArguments(EvaluateAll(arguments.Positional, frame));
        var positional = EvaluateAll(arguments.Positional, frame);
        var named = EvaluateAll([.. arguments.Named.Select(argument => argument.Value)], frame);
        var starred = arguments.Starred is null ? TemplateRun.Missing : Evaluate(arguments.Starred, frame);
        var doubleStarred = arguments.DoubleStarred is null ? TemplateRun.Missing : Evaluate(arguments.DoubleStarred, frame);
        return TemplateRun.Arguments(positional, [.. arguments.Named.Select(argument => argument.Name)], named, starred, doubleStarred);
    }
}
