using System.Numerics;

namespace FineTune.Prompts.Templates;

/// <summary>Division and powers as Python defines them: quotients are rounded down, remainders have the divisor's sign.</summary>
internal static class PythonArithmetic
{
    public static BigInteger FloorDivide(BigInteger left, BigInteger right)
    {
        var quotient = BigInteger.DivRem(left, right, out var remainder);
        return !remainder.IsZero && (remainder.Sign < 0) != (right.Sign < 0) ? quotient - 1 : quotient;
    }

    public static BigInteger Modulo(BigInteger left, BigInteger right)
    {
        var remainder = BigInteger.Remainder(left, right);
        return !remainder.IsZero && (remainder.Sign < 0) != (right.Sign < 0) ? remainder + right : remainder;
    }

    public static double FloorDivide(double left, double right)
    {
        var remainder = left % right;
        var quotient = (left - remainder) / right;
        if (remainder != 0 && (right < 0) != (remainder < 0))
            quotient -= 1;
        if (quotient == 0)
            return Math.CopySign(0, left / right);
        var floor = Math.Floor(quotient);
        return quotient - floor > 0.5 ? floor + 1 : floor;
    }

    public static double Modulo(double left, double right)
    {
        var remainder = left % right;
        if (remainder == 0)
            return Math.CopySign(0, right);
        return (right < 0) != (remainder < 0) ? remainder + right : remainder;
    }

    /// <summary>A quotient rounded once, also of integers that no float holds.</summary>
    public static double TrueDivide(BigInteger left, BigInteger right)
    {
        const long Exact = 1L << 53;
        if (BigInteger.Abs(left) <= Exact && BigInteger.Abs(right) <= Exact)
            return (double)left / (double)right;
        if (left.IsZero)
            return right.Sign < 0 ? -0.0 : 0.0;
        // 62 bits of the quotient and whether anything is left round as the exact quotient does.
        var shift = 62 - (int)(left.GetBitLength() - right.GetBitLength());
        var (numerator, denominator) = shift > 0 ? (BigInteger.Abs(left) << shift, BigInteger.Abs(right)) : (BigInteger.Abs(left), BigInteger.Abs(right) << -shift);
        var quotient = BigInteger.DivRem(numerator, denominator, out var remainder);
        if (!remainder.IsZero)
            quotient |= 1;
        var result = Math.ScaleB((double)(ulong)quotient, -shift);
        if (double.IsInfinity(result))
            throw new TemplateException(TemplateErrorKind.Overflow, "integer division result too large for a float");
        return left.Sign * right.Sign < 0 ? -result : result;
    }

    public static BigInteger Power(BigInteger number, BigInteger exponent)
    {
        if (number.IsZero || number.IsOne || number == BigInteger.MinusOne || exponent.IsZero)
            return exponent.IsZero || (number == BigInteger.MinusOne && exponent.IsEven) ? BigInteger.One : number;
        TemplateBudget.Integer(exponent > TemplateBudget.MaxIntegerBits
            ? TemplateBudget.MaxIntegerBits + 1
            : ((long)BigInteger.Abs(number).GetBitLength() - 1) * (long)exponent);
        return BigInteger.Pow(number, (int)exponent);
    }

    public static double Power(double number, double exponent)
    {
        if (number == 0 && exponent < 0)
            throw new TemplateException(TemplateErrorKind.ZeroDivision, "0.0 cannot be raised to a negative power");
        if (number < 0 && double.IsFinite(exponent) && double.IsFinite(number) && Math.Floor(exponent) != exponent)
            throw TemplateException.Value("a negative number to a fractional power is complex, which templates do not have");
        var power = Math.Pow(number, exponent);
        return double.IsInfinity(power) && double.IsFinite(number) && double.IsFinite(exponent)
            ? throw new TemplateException(TemplateErrorKind.Overflow, "Numerical result out of range")
            : power;
    }
}
