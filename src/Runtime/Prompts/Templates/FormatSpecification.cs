using System.Globalization;
using System.Numerics;

namespace FineTune.Prompts.Templates;

/// <summary>What follows the colon in <c>{:>8.2f}</c>: Python's format specifications.</summary>
internal sealed class FormatSpecification
{
    private string _fill = " ";
    private char _align;
    private char _sign;
    private bool _alternate;
    private bool _noNegativeZero;
    private char _grouping;
    private long _width;
    private long _precision = -1;
    private char _type;

    public static string Format(object? value, string specification)
    {
        if (specification.Length == 0)
            return PythonText.String(value);
        var parsed = Parse(specification, isText: value is string or Markup);
        return value switch
        {
            Undefined or null or TemplateList or TemplateDict or TemplateTuple or TemplateObject or TemplateBytes =>
                throw TemplateException.Type($"unsupported format string passed to {PythonTypes.NameOf(value)}.__format__"),
            double real => parsed.FormatReal(real),
            _ when PythonNumbers.Integer(value) is { } number => parsed._type is 'e' or 'E' or 'f' or 'F' or 'g' or 'G' or '%'
                ? parsed.FormatReal(PythonNumbers.Real(value)!.Value)
                : parsed.FormatInteger(number),
            _ => parsed.FormatText(PythonTypes.TextOf(value)!),
        };
    }

    private static FormatSpecification Parse(string text, bool isText)
    {
        var parsed = new FormatSpecification();
        var i = 0;
        var fillLength = char.IsSurrogatePair(text, 0) ? 2 : 1;
        var filled = text.Length > fillLength && text[fillLength] is '<' or '>' or '^' or '=';
        if (filled)
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
        if (i < text.Length && text[i] == 'z')
            (parsed._noNegativeZero, i) = (true, i + 1);
        if (i < text.Length && text[i] == '#')
            (parsed._alternate, i) = (true, i + 1);
        if (i < text.Length && text[i] == '0' && !filled)
        {
            parsed._fill = "0";
            if (parsed._align == '\0' && !isText)
                parsed._align = '=';
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
        if (_sign != '\0')
            throw TemplateException.Value($"{(_sign == ' ' ? "Space" : "Sign")} not allowed in string format specifier");
        if (_noNegativeZero)
            throw TemplateException.Value("Negative zero coercion (z) not allowed in string format specifier");
        if (_alternate)
            throw TemplateException.Value("Alternate form (#) not allowed in string format specifier");
        if (_grouping != '\0')
            throw TemplateException.Value($"Cannot specify '{_grouping}' with 's'.");
        if (_align == '=')
            throw TemplateException.Value("'=' alignment not allowed in string format specifier");
        if (_precision >= 0 && _precision < PythonStrings.Length(text))
            text = PythonStrings.Slice(text, 0, (int)_precision);
        return Align(text, "", '<');
    }

    private string FormatInteger(BigInteger number)
    {
        if (_noNegativeZero)
            throw TemplateException.Value("Negative zero coercion (z) not allowed in format specifier with integer format code");
        if (_precision >= 0)
            throw TemplateException.Value("Precision not allowed in integer format specifier");
        if (_type == 'c' && (_sign != '\0' || _alternate))
            throw TemplateException.Value("Sign and alternate form (#) not allowed with integer format specifier 'c'");
        CheckGrouping();
        var magnitude = BigInteger.Abs(number);
        var (prefix, digits) = _type switch
        {
            '\0' or 'd' or 'n' => ("", PythonText.Digits(magnitude)),
            'x' => ("0x", Radix(magnitude, 16)),
            'X' => ("0X", Radix(magnitude, 16).ToUpperInvariant()),
            'o' => ("0o", Radix(magnitude, 8)),
            'b' => ("0b", Radix(magnitude, 2)),
            'c' => ("", PercentFormat.CharacterOf(number)),
            _ => throw UnknownCode("int"),
        };
        var sign = SignOf(number.Sign < 0) + (_alternate ? prefix : "");
        return Align(_type == 'c' ? digits : Group(digits, _type is '\0' or 'd' or 'n' ? 3 : 4, _width - sign.Length), sign, '>');
    }

    private string FormatReal(double value)
    {
        CheckGrouping();
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
            '\0' => PythonFloat.General(magnitude, precision, _alternate, isFloat: true),
            'n' => PythonFloat.General(magnitude, precision, _alternate),
            _ => throw UnknownCode("float"),
        };
        if (_alternate)
            digits = PythonFloat.WithPoint(digits);
        if (_type is 'E' or 'F' or 'G')
            digits = digits.ToUpperInvariant();
        var point = digits.IndexOfAny(['.', 'e', 'E', '%']);
        var whole = point < 0 ? digits : digits[..point];
        var positive = !double.IsNegative(value) || double.IsNaN(value) || (_noNegativeZero && !digits.AsSpan().ContainsAnyInRange('1', '9'));
        var sign = SignOf(!positive || (_noNegativeZero && double.IsNegativeInfinity(value)));
        return Align(Group(whole, 3, _width - sign.Length - (digits.Length - whole.Length)) + digits[whole.Length..], sign, '>');
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

    private string SignOf(bool negative) => negative ? "-" : _sign is '+' or ' ' ? _sign.ToString() : "";

    private void CheckGrouping()
    {
        if (_grouping != '\0' && !(_type is '\0' or 'd' or 'e' or 'f' or 'g' or 'E' or 'F' or 'G' or '%' || (_grouping == '_' && _type is 'b' or 'o' or 'x' or 'X')))
            throw TemplateException.Value($"Cannot specify '{_grouping}' with '{_type}'.");
    }

    // Zeros that fill a number are grouped like its digits, though it becomes one wider rather than begin with a separator.
    private string Group(string digits, int size, long width)
    {
        if (_grouping == '\0' || !digits.All(char.IsAsciiHexDigit))
            return digits;
        if (_fill == "0" && _align == '=' && width > digits.Length)
        {
            TemplateBudget.Text(width);
            digits = digits.PadLeft((int)(width - (width - 1) / (size + 1)), '0');
        }

        var head = digits.Length % size;
        var parts = Enumerable.Range(0, digits.Length / size).Select(group => digits.Substring(head + group * size, size));
        return string.Join(_grouping, head > 0 ? parts.Prepend(digits[..head]) : parts);
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
