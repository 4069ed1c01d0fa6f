using System.Globalization;
using System.Numerics;

namespace FineTune.Prompts.Templates;

/// <summary>Floats as decimals of a given length, rounded once and half to even, as Python's are.</summary>
internal static class PythonFloat
{
    /// <summary>A number with so many digits behind the point.</summary>
    public static string Fixed(double value, int precision)
    {
        if (!double.IsFinite(value))
            return PythonText.Float(value);
        TemplateBudget.Text(precision + 310L);
        var sign = double.IsNegative(value) ? "-" : "";
        var digits = Scaled(Math.Abs(value), precision).ToString(CultureInfo.InvariantCulture).PadLeft(precision + 1, '0');
        return precision == 0 ? sign + digits : $"{sign}{digits[..^precision]}.{digits[^precision..]}";
    }

    /// <summary>A number with one digit before the point, so many behind it, and an exponent.</summary>
    public static string Exponent(double value, int precision)
    {
        if (!double.IsFinite(value))
            return PythonText.Float(value);
        TemplateBudget.Text(precision + 310L);
        var sign = double.IsNegative(value) ? "-" : "";
        var (digits, exponent) = Digits(Math.Abs(value), precision + 1);
        var mantissa = precision == 0 ? digits : $"{digits[0]}.{digits[1..]}";
        return $"{sign}{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture)}";
    }

    /// <summary>The shorter of both with so many significant digits.</summary>
    /// <param name="value">The number.</param>
    /// <param name="precision">Significant digits.</param>
    /// <param name="keepZeros">Whether zeros at the end stay.</param>
    /// <param name="isFloat">Whether the text shows that the number is a float, as <c>str</c> does: 100.0.</param>
    public static string General(double value, int precision, bool keepZeros, bool isFloat = false)
    {
        if (!double.IsFinite(value))
            return PythonText.Float(value);
        precision = Math.Max(1, precision);
        var (_, exponent) = Digits(Math.Abs(value), precision);
        if (exponent < -4 || exponent >= (isFloat ? precision - 1 : precision))
        {
            var text = Exponent(value, precision - 1);
            var at = text.IndexOf('e');
            return (keepZeros ? text[..at] : Trim(text[..at])) + text[at..];
        }

        var plain = Fixed(value, Math.Max(0, precision - 1 - exponent));
        plain = keepZeros ? plain : Trim(plain);
        return isFloat && !plain.Contains('.') ? plain + ".0" : plain;
    }

    /// <summary><c>round(value, digits)</c>.</summary>
    public static double Round(double value, int digits)
    {
        if (!double.IsFinite(value) || digits > 323)
            return value;
        if (digits < -308)
            return Math.CopySign(0, value);
        var rounded = digits >= 0
            ? double.Parse(Fixed(value, digits), CultureInfo.InvariantCulture)
            : PythonArithmetic.TrueDivide(Scaled(Math.Abs(value), digits) * BigInteger.Pow(10, -digits), 1) * (value < 0 ? -1 : 1);
        return double.IsInfinity(rounded)
            ? throw new TemplateException(TemplateErrorKind.Overflow, "rounded value too large to represent")
            : Math.CopySign(rounded, value);
    }

    /// <summary><c>value.hex()</c>.</summary>
    public static string Hexadecimal(double value)
    {
        if (!double.IsFinite(value))
            return PythonText.Float(value);
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7ff);
        var sign = double.IsNegative(value) ? "-" : "";
        if (value == 0)
            return sign + "0x0.0p+0";
        var (first, power) = exponent == 0 ? (0, -1022) : (1, exponent - 1023);
        return string.Create(CultureInfo.InvariantCulture, $"{sign}0x{first}.{bits & 0xfffffffffffff:x13}p{(power < 0 ? "" : "+")}{power}");
    }

    /// <summary><c>value.as_integer_ratio()</c>.</summary>
    public static object?[] Ratio(double value)
    {
        if (double.IsNaN(value))
            throw TemplateException.Value("cannot convert NaN to integer ratio");
        if (double.IsInfinity(value))
            throw new TemplateException(TemplateErrorKind.Overflow, "cannot convert Infinity to integer ratio");
        var denominator = BigInteger.One;
        // Powers of two: each step is exact.
        for (; Math.Floor(value) != value; value *= 2)
            denominator *= 2;
        return [PythonNumbers.Normalize(new BigInteger(value)), PythonNumbers.Normalize(denominator)];
    }

    /// <summary>A decimal with a point, also if there is nothing behind it.</summary>
    public static string WithPoint(string digits)
    {
        if (digits.Length == 0 || !char.IsAsciiDigit(digits[0]) || digits.Contains('.'))
            return digits;
        var end = digits.AsSpan().IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? digits + "." : $"{digits[..end]}.{digits[end..]}";
    }

    private static string Trim(string text) => text.Contains('.') ? text.TrimEnd('0').TrimEnd('.') : text;

    /// <summary>The significant digits of a number and the power of ten of the first.</summary>
    private static (string Digits, int Exponent) Digits(double value, int count)
    {
        if (value == 0)
            return (new string('0', count), 0);
        var exponent = (int)Math.Floor(Math.Log10(value));
        var digits = Scaled(value, count - 1 - exponent).ToString(CultureInfo.InvariantCulture);
        // The logarithm may be one off, and rounding may carry.
        if (digits.Length != count)
        {
            exponent += digits.Length - count;
            digits = Scaled(value, count - 1 - exponent).ToString(CultureInfo.InvariantCulture);
        }

        return (digits[..Math.Min(count, digits.Length)], exponent);
    }

    /// <summary>A number times a power of ten, rounded half to even.</summary>
    private static BigInteger Scaled(double value, int power)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7ff);
        var mantissa = new BigInteger((bits & 0xfffffffffffff) | (exponent == 0 ? 0 : 1L << 52));
        exponent = Math.Max(exponent, 1) - 1075;
        var (numerator, denominator) = (mantissa, BigInteger.One);
        if (exponent > 0)
            numerator <<= exponent;
        else
            denominator <<= -exponent;
        if (power > 0)
            numerator *= BigInteger.Pow(10, power);
        else
            denominator *= BigInteger.Pow(10, -power);
        return DivideHalfEven(numerator, denominator);
    }

    /// <summary>A quotient of numbers that are not negative, rounded half to even.</summary>
    public static BigInteger DivideHalfEven(BigInteger numerator, BigInteger denominator)
    {
        var quotient = BigInteger.DivRem(numerator, denominator, out var remainder);
        var compared = (remainder * 2).CompareTo(denominator);
        return compared > 0 || (compared == 0 && !quotient.IsEven) ? quotient + 1 : quotient;
    }
}
