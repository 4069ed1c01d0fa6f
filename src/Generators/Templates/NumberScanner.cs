namespace FineTune.Templates;

/// <summary>Finds where numbers end: digits may be separated by single underscores.</summary>
internal static class NumberScanner
{
    /// <summary>The end of a float, which has a fraction or an exponent; −1 if there is none.</summary>
    public static int MatchFloat(string source, int at)
    {
        var end = Digits(source, at, IsDecimal);
        if (end == at)
            return -1;
        var fraction = end < source.Length && source[end] == '.' ? Digits(source, end + 1, IsDecimal) : -1;
        if (fraction == end + 1)
            fraction = -1;
        var mantissa = fraction >= 0 ? fraction : end;
        var exponent = MatchExponent(source, mantissa);
        return exponent >= 0 ? exponent : fraction;
    }

    /// <summary>The end of an integer: decimal without leading zeros, or with a prefix.</summary>
    public static int MatchInteger(string source, int at)
    {
        if (source[at] != '0')
            return Digits(source, at, IsDecimal);
        if (at + 1 < source.Length)
        {
            var end = char.ToLowerInvariant(source[at + 1]) switch
            {
                'b' => Prefixed(source, at + 2, character => character is '0' or '1'),
                'o' => Prefixed(source, at + 2, character => character is >= '0' and <= '7'),
                'x' => Prefixed(source, at + 2, IsHexadecimal),
                _ => -1,
            };
            if (end >= 0)
                return end;
        }

        return Digits(source, at, character => character == '0');
    }

    private static int MatchExponent(string source, int at)
    {
        if (at >= source.Length || source[at] is not ('e' or 'E'))
            return -1;
        var digits = at + 1 < source.Length && source[at + 1] is '+' or '-' ? at + 2 : at + 1;
        var end = Digits(source, digits, IsDecimal);
        return end > digits ? end : -1;
    }

    private static int Prefixed(string source, int at, Func<char, bool> isDigit)
    {
        var start = at < source.Length && source[at] == '_' ? at + 1 : at;
        var end = Digits(source, start, isDigit);
        return end > start ? end : -1;
    }

    private static int Digits(string source, int at, Func<char, bool> isDigit)
    {
        var end = at;
        while (end < source.Length)
        {
            if (isDigit(source[end]))
                end++;
            else if (source[end] == '_' && end > at && end + 1 < source.Length && isDigit(source[end + 1]))
                end += 2;
            else
                break;
        }

        return end;
    }

    private static bool IsDecimal(char character) => character is >= '0' and <= '9';

    private static bool IsHexadecimal(char character) => IsDecimal(character) || char.ToLowerInvariant(character) is >= 'a' and <= 'f';
}
