using System.Globalization;
using System.Numerics;
using System.Text;

namespace FineTune.Prompts.Templates;

/// <summary>Reads numbers as Python's <c>int()</c> and <c>float()</c> do.</summary>
internal static class PythonNumberText
{
    /// <summary>A whole number in a base from 2 to 36, or 0 for a base by prefix; <see langword="null"/> if the text is none, or there is no such base.</summary>
    public static BigInteger? Integer(string text, long radix)
    {
        if (radix is not 0 and (< 2 or > 36))
            return null;
        var digits = WithAsciiDigits(PythonStrings.Strip(text, null));
        var negative = digits.StartsWith('-');
        if (negative || digits.StartsWith('+'))
            digits = digits[1..];
        var prefix = digits.Length > 1 && digits[0] == '0' ? char.ToLowerInvariant(digits[1]) switch { 'x' => 16, 'o' => 8, 'b' => 2, _ => 0 } : 0;
        if (prefix != 0 && (radix == 0 || radix == prefix))
            (digits, radix) = (digits[2..].StartsWith('_') ? digits[3..] : digits[2..], prefix);
        else if (radix == 0 && digits.Length > 1 && digits[0] == '0' && digits.Any(digit => digit is not ('0' or '_')))
            return null;
        radix = radix == 0 ? 10 : radix;
        if (!HasSingleUnderscores(digits))
            return null;
        digits = digits.Replace("_", "");
        // The limit of Python against quadratic work; powers of two have none.
        if (digits.Length > 4300 && !long.IsPow2(radix))
            return null;
        TemplateBudget.Integer(digits.Length * 6L);
        TemplateBudget.Steps(digits.Length);
        var value = BigInteger.Zero;
        foreach (var digit in digits)
        {
            var number = DigitOf(digit);
            if (number < 0 || number >= radix)
                return null;
            value = value * radix + number;
        }

        return negative ? -value : value;
    }

    /// <summary>A float; <see langword="null"/> if the text is none.</summary>
    public static double? Real(string text)
    {
        var digits = PythonStrings.Strip(text, null);
        var sign = digits.StartsWith('-') ? -1 : 1;
        var plain = digits.StartsWith('-') || digits.StartsWith('+') ? digits[1..] : digits;
        switch (plain.ToLowerInvariant())
        {
            case "inf" or "infinity": return sign * double.PositiveInfinity;
            case "nan": return double.NaN;
        }

        plain = WithAsciiDigits(plain);
        if (plain.Length == 0 || !(char.IsAsciiDigit(plain[0]) || plain[0] == '.') || !HasUnderscoresBetweenDigits(plain))
            return null;
        const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(plain.Replace("_", ""), Style, CultureInfo.InvariantCulture, out var value) ? sign * value : null;
    }

    // The digits of all scripts are digits.
    private static string WithAsciiDigits(string text) => Ascii.IsValid(text)
        ? text
        : string.Concat(text.EnumerateRunes().Select(rune =>
            PythonCharacters.IsDecimal(rune) ? Rune.GetNumericValue(rune).ToString(CultureInfo.InvariantCulture) : rune.ToString()));

    private static int DigitOf(char digit) => digit switch
    {
        >= 'a' and <= 'z' => digit - 'a' + 10,
        >= 'A' and <= 'Z' => digit - 'A' + 10,
        _ => char.IsAsciiDigit(digit) ? digit - '0' : -1,
    };

    private static bool HasSingleUnderscores(string digits) =>
        digits.Length > 0 && digits[0] != '_' && digits[^1] != '_' && !digits.Contains("__", StringComparison.Ordinal);

    private static bool HasUnderscoresBetweenDigits(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '_' && (i == 0 || i == text.Length - 1 || !char.IsAsciiDigit(text[i - 1]) || !char.IsAsciiDigit(text[i + 1])))
                return false;
        }

        return true;
    }
}
