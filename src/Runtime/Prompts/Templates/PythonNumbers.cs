using System.Numerics;

namespace FineTune.Prompts.Templates;

/// <summary>Python's numbers: whole ones of any size, as <see cref="long"/> where they fit and else <see cref="BigInteger"/>; floats; true as 1.</summary>
internal static class PythonNumbers
{
    // Small numbers are many: indices, lengths.
    private static readonly object[] Small = [.. Enumerable.Range(-8, 1032).Select(number => (object)(long)number)];

    public static object Box(long number) => number is >= -8 and < 1024 ? Small[number + 8] : number;

    public static object Normalize(BigInteger number) =>
        number >= long.MinValue && number <= long.MaxValue ? Box((long)number) : number;

    /// <summary>The value of a whole number or a truth value; <see langword="null"/> of anything else.</summary>
    public static BigInteger? Integer(object? value) => value switch
    {
        long number => number,
        bool flag => flag ? 1 : 0,
        BigInteger big => big,
        _ => null,
    };

    /// <summary>The value of any number as a float.</summary>
    /// <exception cref="TemplateException">It is too large.</exception>
    public static double? Real(object? value)
    {
        switch (value)
        {
            case double real: return real;
            case long number: return number;
            case bool flag: return flag ? 1 : 0;
            case BigInteger big:
                // A cast would cut what does not fit.
                return PythonArithmetic.TrueDivide(big, 1);
            default: return null;
        }
    }

    /// <summary>An index: a whole number; <see langword="null"/> of anything else. Numbers beyond the range are clamped.</summary>
    public static int? Index(object? value) => Integer(value) is { } number
        ? number > int.MaxValue ? int.MaxValue : number < int.MinValue + 1 ? int.MinValue + 1 : (int)number
        : null;

    /// <summary>A whole number that is computed with: of an undefined one, that is an error of its own.</summary>
    public static long Operand(object? value) => value is Undefined undefined ? throw undefined.Fail() : Whole(value);

    /// <summary>An argument that must be a whole number.</summary>
    public static long Whole(object? value)
    {
        if (Integer(value) is not { } number)
            throw TemplateException.Type($"'{PythonTypes.NameOf(value)}' object cannot be interpreted as an integer");
        if (number > long.MaxValue || number < long.MinValue)
            throw new TemplateException(TemplateErrorKind.Overflow, "Python int too large to convert to C ssize_t");
        return (long)number;
    }
}
