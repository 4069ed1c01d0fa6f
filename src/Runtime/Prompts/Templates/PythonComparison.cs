using System.Numerics;

namespace FineTune.Prompts.Templates;

/// <summary>Python's <c>==</c> and <c>&lt;</c>.</summary>
internal static class PythonComparison
{
    public static bool Equal(object? left, object? right)
    {
        if (left is string text && right is string other)
        {
            TemplateBudget.Scan(Math.Min(text.Length, other.Length));
            return text == other;
        }

        if (left is long number && right is long second)
            return number == second;
        if (left is null || right is null)
            return left is null && right is null;
        if (PythonTypes.IsNumber(left))
            return PythonTypes.IsNumber(right) && CompareNumbers(left, right) == 0;
        return (left, right) switch
        {
            (string or Markup, string or Markup) => PythonTypes.TextOf(left) == PythonTypes.TextOf(right),
            (Undefined, Undefined) => true,
            (TemplateList first, TemplateList then) => EqualItems(first.Items, then.Items),
            (TemplateTuple first, TemplateTuple then) => EqualItems(first.Items, then.Items),
            (TemplateDict first, TemplateDict then) => EqualDicts(first, then),
            (TemplateRange first, TemplateRange then) => first.SameAs(then),
            (TemplateBytes first, TemplateBytes then) => first.Bytes.AsSpan().SequenceEqual(then.Bytes),
            (TemplateFunction first, TemplateFunction then) => first.Name == then.Name && first.Self is not null && ReferenceEquals(first.Self, then.Self),
            _ => ReferenceEquals(left, right),
        };
    }

    /// <summary>The order of two values by <c>&lt;</c>: negative, zero, positive; <see langword="null"/> where one is not a number.</summary>
    /// <param name="left">The left value.</param>
    /// <param name="right">The right value.</param>
    /// <param name="operation">The operator, for the message if the values have no order.</param>
    public static int? Compare(object? left, object? right, string operation)
    {
        if (left is long number && right is long second)
            return number.CompareTo(second);
        if (PythonTypes.IsNumber(left) && PythonTypes.IsNumber(right))
            return CompareNumbers(left!, right!);
        if (PythonTypes.TextOf(left) is { } text && PythonTypes.TextOf(right) is { } other)
            return CompareTexts(text, other);
        if (left is Undefined missing)
            throw missing.Fail();
        if (right is Undefined missingToo)
            throw missingToo.Fail();
        return (left, right) switch
        {
            (TemplateList first, TemplateList then) => CompareItems(first.Items, then.Items, operation),
            (TemplateTuple first, TemplateTuple then) => CompareItems(first.Items, then.Items, operation),
            (TemplateBytes first, TemplateBytes then) => first.Bytes.AsSpan().SequenceCompareTo(then.Bytes),
            _ => throw TemplateException.Type(
                $"'{operation}' not supported between instances of '{PythonTypes.NameOf(left)}' and '{PythonTypes.NameOf(right)}'"),
        };
    }

    /// <summary>The order of two texts by their code points, which is not that of their UTF-16 units.</summary>
    public static int CompareTexts(string left, string right)
    {
        TemplateBudget.Scan(Math.Min(left.Length, right.Length));
        var common = left.AsSpan().CommonPrefixLength(right);
        if (common == left.Length || common == right.Length)
            return left.Length.CompareTo(right.Length);
        var (first, second) = (left[common], right[common]);
        return char.IsSurrogate(first) == char.IsSurrogate(second) ? first.CompareTo(second) : char.IsSurrogate(first) ? 1 : -1;
    }

    private static int? CompareNumbers(object left, object right)
    {
        if (left is not double && right is not double)
            return PythonNumbers.Integer(left)!.Value.CompareTo(PythonNumbers.Integer(right)!.Value);
        if (left is double real)
            return CompareToReal(right, real) is { } order ? -order : null;
        return CompareToReal(left, (double)right);
    }

    private static int? CompareToReal(object value, double real)
    {
        if (double.IsNaN(real) || value is double.NaN)
            return null;
        if (value is double other)
            return other.CompareTo(real == 0 ? 0.0 : real) is var order && other == real ? 0 : order;
        if (double.IsInfinity(real))
            return real > 0 ? -1 : 1;
        var integer = PythonNumbers.Integer(value)!.Value;
        var floor = new BigInteger(Math.Floor(real));
        var compared = integer.CompareTo(floor);
        return compared != 0 ? compared : Math.Floor(real) < real ? -1 : 0;
    }

    private static bool EqualItems(IReadOnlyList<object?> left, IReadOnlyList<object?> right)
    {
        if (ReferenceEquals(left, right))
            return true;
        if (left.Count != right.Count)
            return false;
        TemplateBudget.Enter();
        var equal = true;
        for (var i = 0; i < left.Count && equal; i++)
        {
            TemplateBudget.Step();
            equal = ReferenceEquals(left[i], right[i]) || Equal(left[i], right[i]);
        }

        TemplateBudget.Leave();
        return equal;
    }

    private static bool EqualDicts(TemplateDict left, TemplateDict right)
    {
        if (ReferenceEquals(left, right))
            return true;
        if (left.Count != right.Count)
            return false;
        TemplateBudget.Enter();
        var equal = true;
        foreach (var (key, value) in left.Entries)
        {
            TemplateBudget.Step();
            equal = right.TryGet(key, out var other) && (ReferenceEquals(value, other) || Equal(value, other));
            if (!equal)
                break;
        }

        TemplateBudget.Leave();
        return equal;
    }

    private static int? CompareItems(IReadOnlyList<object?> left, IReadOnlyList<object?> right, string operation)
    {
        TemplateBudget.Enter();
        for (var i = 0; i < left.Count && i < right.Count; i++)
        {
            TemplateBudget.Step();
            if (ReferenceEquals(left[i], right[i]) || Equal(left[i], right[i]))
                continue;
            var order = Compare(left[i], right[i], operation);
            TemplateBudget.Leave();
            return order;
        }

        TemplateBudget.Leave();
        return left.Count.CompareTo(right.Count);
    }
}
