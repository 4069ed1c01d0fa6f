using System.Numerics;

namespace FineTune.Prompts.Templates;

/// <summary>Python's operators.</summary>
internal static class PythonOperators
{
    public static object? Add(object? left, object? right)
    {
        if (left is string first && right is string second)
            return Join(first, second);
        if (left is long a && right is long b && !OverflowsAdd(a, b))
            return PythonNumbers.Box(a + b);
        Check(left, right);
        if (left is Markup || right is Markup)
            return PythonMarkup.Add(left, right);
        switch (left, right)
        {
            case (string, _): throw CannotConcatenate("str", right);
            case (TemplateList x, TemplateList y): return new TemplateList(Joined(x.Items, y.Items));
            case (TemplateList, _): throw CannotConcatenate("list", right);
            case (TemplateTuple x, TemplateTuple y): return new TemplateTuple(Joined(x.Items, y.Items));
            case (TemplateTuple, _): throw CannotConcatenate("tuple", right);
        }

        if (PythonNumbers.Integer(left) is { } i && PythonNumbers.Integer(right) is { } j)
            return PythonNumbers.Normalize(i + j);
        return Reals(left, right) is var (x2, y2) ? x2 + y2 : throw Unsupported("+", left, right);
    }

    public static object? Subtract(object? left, object? right)
    {
        Check(left, right);
        if (PythonNumbers.Integer(left) is { } i && PythonNumbers.Integer(right) is { } j)
            return PythonNumbers.Normalize(i - j);
        return Reals(left, right) is var (x, y) ? x - y : throw Unsupported("-", left, right);
    }

    public static object? Multiply(object? left, object? right)
    {
        Check(left, right);
        if (PythonNumbers.Integer(left) is { } i && PythonNumbers.Integer(right) is { } j)
        {
            TemplateBudget.Integer((long)i.GetBitLength() + j.GetBitLength());
            return PythonNumbers.Normalize(i * j);
        }

        if (IsSequence(left))
            return Repeat(left!, right);
        if (IsSequence(right))
            return Repeat(right!, left);
        return Reals(left, right) is var (x, y) ? x * y : throw Unsupported("*", left, right);
    }

    public static object? Divide(object? left, object? right)
    {
        Check(left, right);
        if (PythonNumbers.Integer(left) is { } i && PythonNumbers.Integer(right) is { } j)
            return j.IsZero ? throw DivisionByZero("division by zero") : PythonArithmetic.TrueDivide(i, j);
        if (Reals(left, right) is not var (x, y))
            throw Unsupported("/", left, right);
        return y == 0 ? throw DivisionByZero("float division by zero") : x / y;
    }

    public static object? FloorDivide(object? left, object? right)
    {
        Check(left, right);
        if (PythonNumbers.Integer(left) is { } i && PythonNumbers.Integer(right) is { } j)
            return j.IsZero ? throw DivisionByZero("integer division or modulo by zero") : PythonNumbers.Normalize(PythonArithmetic.FloorDivide(i, j));
        if (Reals(left, right) is not var (x, y))
            throw Unsupported("//", left, right);
        return y == 0 ? throw DivisionByZero("float floor division by zero") : PythonArithmetic.FloorDivide(x, y);
    }

    public static object? Modulo(object? left, object? right)
    {
        if (left is string format)
            return PercentFormat.Format(format, right);
        if (left is Markup markup)
            return new Markup(PercentFormat.Format(markup.Text, right, PythonMarkup.EscapeValue));
        Check(left, right);
        if (PythonNumbers.Integer(left) is { } i && PythonNumbers.Integer(right) is { } j)
            return j.IsZero ? throw DivisionByZero("integer modulo by zero") : PythonNumbers.Normalize(PythonArithmetic.Modulo(i, j));
        if (Reals(left, right) is not var (x, y))
            throw Unsupported("%", left, right);
        return y == 0 ? throw DivisionByZero("float modulo") : PythonArithmetic.Modulo(x, y);
    }

    public static object? Power(object? left, object? right)
    {
        Check(left, right);
        if (PythonNumbers.Integer(left) is { } i && PythonNumbers.Integer(right) is { Sign: >= 0 } j)
            return PythonNumbers.Normalize(PythonArithmetic.Power(i, j));
        return Reals(left, right) is var (x, y) ? PythonArithmetic.Power(x, y) : throw Unsupported("** or pow()", left, right);
    }

    public static object? Negate(object? value) => value switch
    {
        Undefined undefined => throw undefined.Fail(),
        double real => -real,
        _ when PythonNumbers.Integer(value) is { } number => PythonNumbers.Normalize(-number),
        _ => throw TemplateException.Type($"bad operand type for unary -: '{PythonTypes.NameOf(value)}'"),
    };

    public static object? Plus(object? value) => value switch
    {
        Undefined undefined => throw undefined.Fail(),
        double real => real,
        _ when PythonNumbers.Integer(value) is { } number => PythonNumbers.Normalize(number),
        _ => throw TemplateException.Type($"bad operand type for unary +: '{PythonTypes.NameOf(value)}'"),
    };

    public static bool In(object? value, object? container)
    {
        switch (container)
        {
            case string or Markup:
                if (value is Undefined || PythonTypes.TextOf(value) is not { } part)
                    throw TemplateException.Type($"'in <string>' requires string as left operand, not {PythonTypes.NameOf(value)}");
                var text = PythonTypes.TextOf(container)!;
                TemplateBudget.Steps(text.Length / 64);
                return text.Contains(part, StringComparison.Ordinal);
            case TemplateDict dict:
                return dict.TryGet(PythonHash.Check(value), out _);
            case TemplateRange range:
                return range.Contains(value);
            case TemplateDictView { TypeName: "dict_keys" } keys:
                return keys.ContainsKey(PythonHash.Check(value));
            case TemplateBytes bytes:
                return bytes.Contains(value);
            case TemplateNamespace:
                throw TemplateException.Type("argument of type 'Namespace' is not iterable");
            default:
                if (!PythonIteration.IsIterable(container))
                    throw TemplateException.Type($"argument of type '{PythonTypes.NameOf(container)}' is not iterable");
                foreach (var item in PythonIteration.Iterate(container))
                {
                    TemplateBudget.Step();
                    if (ReferenceEquals(item, value) || PythonComparison.Equal(item, value))
                        return true;
                }

                return false;
        }
    }

    private static string Join(string first, string second)
    {
        TemplateBudget.Text((long)first.Length + second.Length);
        return first + second;
    }

    private static List<object?> Joined(IReadOnlyList<object?> first, IReadOnlyList<object?> second)
    {
        TemplateBudget.Items((long)first.Count + second.Count);
        return [.. first, .. second];
    }

    private static bool OverflowsAdd(long a, long b) => ((a ^ (a + b)) & (b ^ (a + b))) < 0;

    private static bool IsSequence(object? value) => value is string or Markup or TemplateList or TemplateTuple;

    private static object Repeat(object sequence, object? times)
    {
        if (PythonNumbers.Integer(times) is not { } count)
            throw TemplateException.Type($"can't multiply sequence by non-int of type '{PythonTypes.NameOf(times)}'");
        count = BigInteger.Max(count, 0);
        switch (sequence)
        {
            case TemplateList list:
                return new TemplateList(RepeatItems(list.Items, count));
            case TemplateTuple tuple:
                return new TemplateTuple(RepeatItems(tuple.Items, count));
            default:
                var text = PythonTypes.TextOf(sequence)!;
                TemplateBudget.Text((long)BigInteger.Min(text.Length * count, long.MaxValue));
                var repeated = text.Length == 0 ? "" : string.Concat(Enumerable.Repeat(text, (int)count));
                return sequence is Markup ? new Markup(repeated) : repeated;
        }
    }

    private static List<object?> RepeatItems(IReadOnlyList<object?> items, BigInteger count)
    {
        TemplateBudget.Items((long)BigInteger.Min(items.Count * count, long.MaxValue));
        return items.Count == 0 ? [] : [.. Enumerable.Repeat(items, (int)count).SelectMany(part => part)];
    }

    private static void Check(object? left, object? right)
    {
        if (left is Undefined undefined)
            throw undefined.Fail();
        if (right is Undefined other)
            throw other.Fail();
    }

    private static (double Left, double Right)? Reals(object? left, object? right) =>
        PythonTypes.IsNumber(left) && PythonTypes.IsNumber(right) ? (PythonNumbers.Real(left)!.Value, PythonNumbers.Real(right)!.Value) : null;

    private static TemplateException CannotConcatenate(string type, object? right) =>
        TemplateException.Type($"can only concatenate {type} (not \"{PythonTypes.NameOf(right)}\") to {type}");

    private static TemplateException Unsupported(string operation, object? left, object? right) =>
        TemplateException.Type($"unsupported operand type(s) for {operation}: '{PythonTypes.NameOf(left)}' and '{PythonTypes.NameOf(right)}'");

    private static TemplateException DivisionByZero(string message) => new(TemplateErrorKind.ZeroDivision, message);
}
