using System.Globalization;
using System.Numerics;

namespace FineTune.Prompts.Templates;

/// <summary>The filters of numbers.</summary>
internal static class NumberFilters
{
    private static readonly string[] Decimal = ["kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"];
    private static readonly string[] Binary = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"];

    public static object Absolute(object? value) => value switch
    {
        Undefined => throw TemplateException.Type("bad operand type for abs(): 'Undefined'"),
        double real => Math.Abs(real),
        _ when PythonNumbers.Integer(value) is { } number => PythonNumbers.Normalize(BigInteger.Abs(number)),
        _ => throw TemplateException.Type($"bad operand type for abs(): '{PythonTypes.NameOf(value)}'"),
    };

    public static object? ToInteger(object? value, Bound[] arguments)
    {
        switch (value)
        {
            case Undefined undefined:
                throw undefined.Fail();
            case double real:
                if (double.IsNaN(real))
                    return arguments[0].Or(0L);
                return double.IsInfinity(real)
                    ? throw new TemplateException(TemplateErrorKind.Overflow, "cannot convert float infinity to integer")
                    : PythonNumbers.Normalize(new BigInteger(Math.Truncate(real)));
            case string or Markup:
                var text = PythonTypes.TextOf(value)!;
                // What int() does not take, the reference gives to float(), whatever is wrong.
                var radix = arguments[1].Or(10L);
                if (PythonNumbers.Integer(radix) is not null && PythonNumberText.Integer(text, PythonNumbers.Whole(radix)) is { } parsed)
                    return PythonNumbers.Normalize(parsed);
                return PythonNumberText.Real(text) is { } fraction && double.IsFinite(fraction)
                    ? PythonNumbers.Normalize(new BigInteger(Math.Truncate(fraction)))
                    : arguments[0].Or(0L);
            default:
                return PythonNumbers.Integer(value) is { } number ? PythonNumbers.Normalize(number) : arguments[0].Or(0L);
        }
    }

    public static object? ToReal(object? value, Bound[] arguments) => value switch
    {
        Undefined undefined => throw undefined.Fail(),
        string or Markup => PythonNumberText.Real(PythonTypes.TextOf(value)!) ?? arguments[0].Or(0.0),
        _ => PythonNumbers.Real(value) ?? arguments[0].Or(0.0),
    };

    public static object Round(object? value, Bound[] arguments)
    {
        var method = arguments[1].Or("common") as string;
        if (method is not ("common" or "ceil" or "floor"))
            throw new TemplateException(TemplateErrorKind.Runtime, "method must be common, ceil or floor");
        if (value is Undefined undefined)
            throw method == "common" ? TemplateException.Type("type Undefined doesn't define __round__ method") : undefined.Fail();
        if (!PythonTypes.IsNumber(value))
            throw TemplateException.Type($"type {PythonTypes.NameOf(value)} doesn't define __round__ method");
        var precision = arguments[0].Or(0L);
        if (method == "common")
        {
            var digits = (int)Math.Clamp(PythonNumbers.Whole(precision), -5000, 5000);
            return value is double real ? PythonFloat.Round(real, digits) : RoundInteger(PythonNumbers.Integer(value)!.Value, digits);
        }

        var scale = PythonOperators.Power(10L, precision);
        var product = PythonOperators.Multiply(value, scale);
        if (PythonNumbers.Integer(product) is not null)
            return PythonOperators.Divide(product, scale)!;
        var scaled = PythonNumbers.Real(product)!.Value;
        if (!double.IsFinite(scaled))
            throw new TemplateException(TemplateErrorKind.Overflow, "cannot convert float infinity to integer");
        var rounded = new BigInteger(method == "ceil" ? Math.Ceiling(scaled) : Math.Floor(scaled));
        return PythonOperators.Divide(PythonNumbers.Normalize(rounded), scale)!;
    }

    public static string FileSize(object? value, Bound[] arguments)
    {
        if (value is Undefined undefined)
            throw undefined.Fail();
        var bytes = PythonTypes.TextOf(value) is { } text
            ? PythonNumberText.Real(text) ?? throw TemplateException.Value($"could not convert string to float: {PythonText.Quote(text)}")
            : PythonNumbers.Real(value) ?? throw TemplateException.Type($"float() argument must be a string or a real number, not '{PythonTypes.NameOf(value)}'");
        var binary = PythonIteration.IsTrue(arguments[0].Or(false));
        var radix = binary ? 1024.0 : 1000.0;
        if (bytes == 1)
            return "1 Byte";
        if (double.IsNegativeInfinity(bytes))
            throw new TemplateException(TemplateErrorKind.Overflow, "cannot convert float infinity to integer");
        if (bytes < radix)
            return $"{new BigInteger(Math.Truncate(bytes)).ToString(CultureInfo.InvariantCulture)} Bytes";
        var unit = radix;
        foreach (var prefix in binary ? Binary : Decimal)
        {
            unit *= radix;
            if (bytes < unit || prefix[0] == 'Y')
                return $"{PythonFloat.Fixed(radix * bytes / unit, 1)} {prefix}";
        }

        throw new InvalidOperationException("The last unit takes every size.");
    }

    private static object RoundInteger(BigInteger number, int digits)
    {
        if (digits >= 0)
            return PythonNumbers.Normalize(number);
        var unit = BigInteger.Pow(10, -digits);
        return PythonNumbers.Normalize(PythonFloat.DivideHalfEven(BigInteger.Abs(number), unit) * unit * number.Sign);
    }
}
