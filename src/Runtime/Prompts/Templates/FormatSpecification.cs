using System.Globalization;
using System.Numerics;

namespace FineTune.Prompts.Templates;

/// <summary>What follows the colon in <c>{:>8.2f}</c>: Python's format specifications.</summary>
internal sealed class FormatSpecification
{
    private string _fill = " ";
    private char _align;
    private char _sign = '-';
    private bool _alternate;
    private char _grouping;
    private long _width;
    private long _precision = -1;
    private char _type;

    public static string Format(object? value, string specification)
    {
        if (specification.Length == 0)
            return PythonText.String(value);
        var parsed = Parse(specification);
        return value switch
        {
            Undefined or null or TemplateList or TemplateDict or TemplateTuple or TemplateObject or TemplateBytes =>
                throw TemplateException.Type($"unsupported format string passed to {PythonTypes.NameOf(value)}.__format__"),
            double real => parsed.FormatReal(real),
            _ when PythonNumbers.Integer(value) is { } number => parsed._type is 'e' or 'E' or 'f' or 'F' or 'g' or 'G' or '%'
                ? parsed.FormatReal(PythonNumbers.Real(value)!.Value)
                : parsed._type == '\0' && value is bool && parsed._width == 0 ? PythonText.String(value) : parsed.FormatInteger(number),
            _ => parsed.FormatText(PythonTypes.TextOf(value)!),
        };
    }

    private static FormatSpecification Parse(string text)
    {
        var parsed = new FormatSpecification();
        var i = 0;
        var fillLength = char.IsSurrogatePair(text, 0) ? 2 : 1;
        if (text.Length > fillLength && text[fillLength] is '<' or '>' or '^' or '=')
        {
            parsed._fill = text[..fillLength];
            parsed._align = text[fillLength];
            i = fillLength + 1;
        }
        else if (text[0] is '<' or '>' or '^' or '=')
        {
            parsed._align = text[i++];
        }

        if (i < text.Length && text[i] is '+' or '-' or ' ')
            parsed._sign = text[i++];
        if (i < text.Length && text[i] == '#')
            (parsed._alternate, i) = (true, i + 1);
        if (i < text.Length && text[i] == '0')
        {
            if (parsed._align == '\0')
                (parsed._fill, parsed._align) = ("0", '=');
            i++;
        }

        (parsed._width, i) = Number(text, i, 0);
        if (i < text.Length && text[i] is ',' or '_')
            parsed._grouping = text[i++];
        if (i < text.Length && text[i] == '.')
        {
            (parsed._precision, var end) = Number(text, i + 1, -1);
            if (end == i + 1)
                throw TemplateException.Value("Format specifier missing precision");
            i = end;
        }

        if (i < text.Length)
            parsed._type = text[i++];
        return i == text.Length ? parsed : throw TemplateException.Value("Invalid format specifier");
    }

    private static (long Value, int End) Number(string text, int at, long otherwise)
    {
        var end = at;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        if (end == at)
            return (otherwise, at);
        return long.TryParse(text.AsSpan(at, end - at), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? (value, end)
            : throw TemplateException.Value("Too many decimal digits in format string");
    }

    private string FormatText(string text)
    {
        if (_type is not ('\0' or 's'))
            throw UnknownCode("str");
        if (_align == '=')
            throw TemplateException.Value("'=' alignment not allowed in string format specifier");
        if (_precision >= 0 && _precision < PythonStrings.Length(text))
            text = PythonStrings.Slice(text, 0, (int)_precision);
        return Align(text, "", '<');
    }

    private string FormatInteger(BigInteger number)
    {
        if (_precision >= 0)
            throw TemplateException.Value("Precision not allowed in integer format specifier");
        var magnitude = BigInteger.Abs(number);
        var (prefix, digits) = _type switch
        {
            '\0' or 'd' or 'n' => ("", PythonText.Digits(magnitude)),
            'x' => ("0x", Radix(magnitude, 16)),
            'X' => ("0X", Radix(magnitude, 16).ToUpperInvariant()),
            'o' => ("0o", Radix(magnitude, 8)),
            'b' => ("0b", Radix(magnitude, 2)),
            'c' when magnitude >= 0 && number.Sign >= 0 && magnitude <= 0x10ffff => ("", PercentFormat.Character((int)magnitude)),
            _ => throw UnknownCode("int"),
        };
        return Align(Group(digits, _type is '\0' or 'd' or 'n' ? 3 : 4), SignOf(number.Sign < 0) + (_alternate ? prefix : ""), '>');
    }

    private string FormatReal(double value)
    {
        var magnitude = Math.Abs(value);
        if (_precision > 100_000)
            TemplateBudget.Text(_precision);
        var precision = (int)Math.Min(_precision < 0 ? 6 : _precision, 100_000);
        var digits = _type switch
        {
            'f' or 'F' => PythonFloat.Fixed(magnitude, precision),
            'e' or 'E' => PythonFloat.Exponent(magnitude, precision),
            'g' or 'G' => PythonFloat.General(magnitude, precision, _alternate),
            '%' => PythonFloat.Fixed(magnitude * 100, precision) + "%",
            '\0' when _precision < 0 => PythonText.Float(magnitude),
            '\0' or 'n' => PythonFloat.General(magnitude, precision, _alternate),
            _ => throw UnknownCode("float"),
        };
        if (_type is 'E' or 'F' or 'G')
            digits = digits.ToUpperInvariant();
        var point = digits.IndexOfAny(['.', 'e', 'E', '%']);
        var whole = point < 0 ? digits : digits[..point];
        return Align(Group(whole, 3) + digits[whole.Length..], SignOf(double.IsNegative(value) && !double.IsNaN(value)), '>');
    }

    public static string Radix(BigInteger number, int radix)
    {
        if (number.IsZero)
            return "0";
        var digits = new Stack<char>();
        TemplateBudget.Text(number.GetBitLength());
        for (; !number.IsZero; number /= radix)
            digits.Push("0123456789abcdef"[(int)(number % radix)]);
        return new string([.. digits]);
    }

    private string SignOf(bool negative) => negative ? "-" : _sign == '-' ? "" : _sign.ToString();

    private string Group(string digits, int size)
    {
        if (_grouping == '\0' || !digits.All(char.IsAsciiLetterOrDigit))
            return digits;
        var head = digits.Length % size;
        var groups = Enumerable.Range(0, digits.Length / size).Select(group => digits.Substring(head + group * size, size));
        return string.Join(_grouping, head > 0 ? groups.Prepend(digits[..head]) : groups);
    }

    private string Align(string digits, string sign, char otherwise)
    {
        var align = _align == '\0' ? otherwise : _align;
        if (align == '=')
            return sign + PythonStrings.Pad(digits, _width - sign.Length, _fill, (missing, _) => missing);
        return PythonStrings.Pad(sign + digits, _width, _fill, (missing, _) => align switch { '<' => 0, '^' => missing / 2, _ => missing });
    }

    private TemplateException UnknownCode(string type) => TemplateException.Value($"Unknown format code '{_type}' for object of type '{type}'");
}
