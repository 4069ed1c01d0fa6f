using System.Globalization;
using System.Numerics;
using System.Text;

namespace FineTune.Prompts.Templates;

/// <summary>Python's <c>format % values</c>.</summary>
internal sealed class PercentFormat
{
    private readonly string _format;
    private readonly object? _values;
    private readonly Func<object?, object?> _escape;
    private readonly StringBuilder _output = new();
    private int _position;
    private int _next;

    private PercentFormat(string format, object? values, Func<object?, object?>? escape)
    {
        _format = format;
        _values = values;
        _escape = escape ?? (value => value);
    }

    public static string Format(string format, object? values, Func<object?, object?>? escape = null) => new PercentFormat(format, values, escape).Run();

    /// <summary>The character of a number that may be none's.</summary>
    public static string CharacterOf(BigInteger code) => code >= 0 && code <= 0x10ffff
        ? PythonSurrogates.Character((int)code)
        : throw new TemplateException(TemplateErrorKind.Overflow, "%c arg not in range(0x110000)");

    private string Run()
    {
        TemplateBudget.Text(_format.Length);
        while (_position < _format.Length)
        {
            var percent = _format.IndexOf('%', _position);
            if (percent < 0)
                percent = _format.Length;
            _output.Append(_format, _position, percent - _position);
            _position = percent + 1;
            if (percent < _format.Length)
                FormatOne();
        }

        var unused = _values is TemplateTuple tuple ? _next < tuple.Items.Count : _next == 0 && _values is not (TemplateDict or TemplateList or TemplateRange or Undefined);
        return unused ? throw TemplateException.Type("not all arguments converted during string formatting") : _output.ToString();
    }

    private void FormatOne()
    {
        TemplateBudget.Step();
        // With anything between them, the second one is a format that does not exist.
        if (_position < _format.Length && _format[_position] == '%')
        {
            _output.Append(_format[_position++]);
            return;
        }

        var key = ReadKey();
        var flags = "";
        while (_position < _format.Length && _format[_position] is '-' or '+' or ' ' or '#' or '0')
            flags += _format[_position++];
        var width = ReadNumber() ?? 0;
        if (width < 0)
            (flags, width) = (flags + "-", -width);
        long? precision = null;
        if (_position < _format.Length && _format[_position] == '.')
        {
            _position++;
            precision = Math.Max(0, ReadNumber() ?? 0);
        }

        while (_position < _format.Length && _format[_position] is 'h' or 'l' or 'L')
            _position++;
        if (_position >= _format.Length)
            throw TemplateException.Value("incomplete format");
        var type = _format[_position++];
        var value = _escape(key is null ? NextValue() : Lookup(key));
        if (precision > 100_000)
            TemplateBudget.Text(precision.Value);
        var (sign, text) = Convert(type, value, flags, (int?)precision);
        Append(sign, text, flags, width);
    }

    private string? ReadKey()
    {
        if (_position >= _format.Length || _format[_position] != '(')
            return null;
        var depth = 1;
        var start = ++_position;
        for (; _position < _format.Length && depth > 0; _position++)
            depth += _format[_position] switch { '(' => 1, ')' => -1, _ => 0 };
        if (depth > 0)
            throw TemplateException.Value("incomplete format key");
        if (_values is Undefined undefined)
            throw undefined.Fail();
        return _values is TemplateDict ? _format[start..(_position - 1)] : throw TemplateException.Type("format requires a mapping");
    }

    private object? Lookup(string key)
    {
        _next++;
        return ((TemplateDict)_values!).TryGet(key, out var value) ? value : throw new TemplateException(TemplateErrorKind.Key, PythonText.Quote(key));
    }

    private object? NextValue()
    {
        if (_values is TemplateTuple tuple)
            return _next < tuple.Items.Count ? tuple.Items[_next++] : throw NotEnough();
        return _next++ == 0 ? _values : throw NotEnough();

        static TemplateException NotEnough() => TemplateException.Type("not enough arguments for format string");
    }

    private long? ReadNumber()
    {
        if (_position < _format.Length && _format[_position] == '*')
        {
            _position++;
            return NextValue() is var given && PythonNumbers.Integer(given) is not null ? PythonNumbers.Whole(given) : throw TemplateException.Type("* wants int");
        }

        var start = _position;
        while (_position < _format.Length && char.IsAsciiDigit(_format[_position]))
            _position++;
        if (start == _position)
            return null;
        return long.TryParse(_format.AsSpan(start, _position - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw TemplateException.Value("width too big");
    }

    private static (string Sign, string Text) Convert(char type, object? value, string flags, int? precision)
    {
        switch (type)
        {
            case 's' or 'r' or 'a':
                var text = type switch { 's' => PythonText.String(value), 'a' => PythonText.Ascii(value), _ => PythonText.Repr(value) };
                return ("", precision is { } most && most < PythonStrings.Length(text) ? PythonStrings.Slice(text, 0, most) : text);
            case 'c':
                if (PythonTypes.TextOf(value) is { } character && PythonStrings.Length(character) == 1)
                    return ("", character);
                return ("", CharacterOf(PythonNumbers.Integer(value) ?? throw TemplateException.Type("%c requires int or char")));
            case 'd' or 'i' or 'u' or 'x' or 'X' or 'o':
                return ConvertInteger(type, value, flags, precision ?? 0);
            case 'e' or 'E' or 'f' or 'F' or 'g' or 'G':
                return ConvertReal(type, value, flags, precision ?? 6);
            default:
                throw TemplateException.Value($"unsupported format character '{type}' (0x{(int)type:x})");
        }
    }

    private static (string Sign, string Text) ConvertInteger(char type, object? value, string flags, int precision)
    {
        if (type is 'd' or 'i' or 'u' && value is Undefined undefined)
            throw undefined.Fail();
        if (type is 'd' or 'i' or 'u' && value is double finite && double.IsFinite(finite))
            value = PythonNumbers.Normalize(new BigInteger(Math.Truncate(finite)));
        if (PythonNumbers.Integer(value) is not { } number)
            throw TemplateException.Type($"%{type} format: {(type is 'x' or 'X' or 'o' ? "an integer" : "a real number")} is required, not {PythonTypes.NameOf(value)}");
        var magnitude = BigInteger.Abs(number);
        var digits = type switch
        {
            'x' => FormatSpecification.Radix(magnitude, 16),
            'X' => FormatSpecification.Radix(magnitude, 16).ToUpperInvariant(),
            'o' => FormatSpecification.Radix(magnitude, 8),
            _ => PythonText.Digits(magnitude),
        };
        TemplateBudget.Text(precision);
        digits = digits.PadLeft(precision, '0');
        var prefix = flags.Contains('#') ? type switch { 'x' => "0x", 'X' => "0X", 'o' => "0o", _ => "" } : "";
        return (Sign(number.Sign < 0, flags) + prefix, digits);
    }

    private static (string Sign, string Text) ConvertReal(char type, object? value, string flags, int precision)
    {
        if (value is Undefined undefined)
            throw undefined.Fail();
        if (PythonNumbers.Real(value) is not { } number)
            throw TemplateException.Type($"must be real number, not {PythonTypes.NameOf(value)}");
        var magnitude = Math.Abs(number);
        var text = char.ToLowerInvariant(type) switch
        {
            'f' => PythonFloat.Fixed(magnitude, precision),
            'e' => PythonFloat.Exponent(magnitude, precision),
            _ => PythonFloat.General(magnitude, precision, flags.Contains('#')),
        };
        if (flags.Contains('#'))
            text = PythonFloat.WithPoint(text);
        return (Sign(double.IsNegative(number) && !double.IsNaN(number), flags), char.IsUpper(type) ? text.ToUpperInvariant() : text);
    }

    private static string Sign(bool negative, string flags) => negative ? "-" : flags.Contains('+') ? "+" : flags.Contains(' ') ? " " : "";

    private void Append(string sign, string text, string flags, long width)
    {
        if (flags.Contains('-'))
            text = PythonStrings.Pad(sign + text, width, " ", (_, _) => 0);
        else if (flags.Contains('0') && _format[_position - 1] is not ('s' or 'r' or 'a' or 'c'))
            text = sign + PythonStrings.Pad(text, width - sign.Length, "0", (missing, _) => missing);
        else
            text = PythonStrings.Pad(sign + text, width, " ", (missing, _) => missing);
        TemplateBudget.Text(text.Length);
        _output.Append(text);
        if (_output.Length > TemplateBudget.MaxTextLength)
            TemplateBudget.Text(_output.Length);
    }
}
