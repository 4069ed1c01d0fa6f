using System.Globalization;
using System.Numerics;
using System.Text;

namespace FineTune.Prompts.Templates;

/// <summary>Values as Python prints them: <c>str</c> and <c>repr</c>.</summary>
internal static class PythonText
{
    // Python refuses to print longer ones.
    private const int MaxDigits = 4300;

    /// <summary><c>str(value)</c>.</summary>
    public static string String(object? value) => value switch
    {
        string text => text,
        null => "None",
        Markup markup => markup.Text,
        Undefined => "",
        _ => Repr(value),
    };

    /// <summary><c>repr(value)</c>.</summary>
    public static string Repr(object? value)
    {
        switch (value)
        {
            case null: return "None";
            case bool flag: return flag ? "True" : "False";
            case long number: return number.ToString(CultureInfo.InvariantCulture);
            case BigInteger big: return Digits(big);
            case double real: return Float(real);
            case string text: return Quote(text);
            default:
                var builder = new StringBuilder();
                AppendRepr(builder, value);
                return builder.ToString();
        }
    }

    /// <summary><c>ascii(value)</c>: <c>repr</c> with escapes for all that is not ASCII.</summary>
    public static string Ascii(object? value)
    {
        var text = Repr(value);
        if (System.Text.Ascii.IsValid(text))
            return text;
        TemplateBudget.Text(text.Length * 6L);
        var builder = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] < 0x80)
                builder.Append(text[i]);
            else
                i += AppendOther(builder, text, i, printable: false);
        }

        return builder.ToString();
    }

    /// <summary>A whole number in decimal digits.</summary>
    public static string Digits(BigInteger number)
    {
        // log10(2) is 0.30103; the exact length is checked where it may be near.
        if (number.GetBitLength() * 0.30102 > MaxDigits + 1)
            throw TooManyDigits();
        var text = number.ToString(CultureInfo.InvariantCulture);
        if (text.Length - (number.Sign < 0 ? 1 : 0) > MaxDigits)
            throw TooManyDigits();
        return text;
    }

    /// <summary>A float: the shortest text that reads back as the same number, in Python's notation.</summary>
    public static string Float(double value)
    {
        if (double.IsNaN(value))
            return "nan";
        if (double.IsInfinity(value))
            return value > 0 ? "inf" : "-inf";
        if (value == 0)
            return double.IsNegative(value) ? "-0.0" : "0.0";
        var (digits, exponent) = ShortestDigits(Math.Abs(value));
        var sign = value < 0 ? "-" : "";
        if (exponent is < -4 or >= 16)
        {
            var mantissa = digits.Length == 1 ? digits : $"{digits[0]}.{digits[1..]}";
            return $"{sign}{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture)}";
        }

        if (exponent < 0)
            return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        return digits.Length <= exponent + 1
            ? $"{sign}{digits.PadRight(exponent + 1, '0')}.0"
            : $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }

    /// <summary>A text in quotes, with escapes, as <c>repr</c> writes it.</summary>
    public static string Quote(string text)
    {
        TemplateBudget.Text(text.Length + 2);
        var builder = new StringBuilder(text.Length + 2);
        AppendQuoted(builder, text);
        return builder.ToString();
    }

    /// <summary>The decimal digits of a positive number, and the power of ten of the first.</summary>
    private static (string Digits, int Exponent) ShortestDigits(double value)
    {
        var text = value.ToString("E16", CultureInfo.InvariantCulture);
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        var exponent = int.Parse(text.AsSpan(text.IndexOf('E') + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var end = shortest.IndexOf('E');
        var digits = (end < 0 ? shortest : shortest[..end]).Replace(".", "").TrimStart('0').TrimEnd('0');
        // Rounding to 17 digits may carry (9.99…95 becomes 1.0e1): what the shortest text says counts.
        if (end >= 0)
            exponent = int.Parse(shortest.AsSpan(end + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        else if (value >= 1)
            exponent = (shortest.IndexOf('.') is var point and >= 0 ? point : shortest.Length) - 1;
        return (digits, exponent);
    }

    private static void AppendRepr(StringBuilder builder, object? value)
    {
        TemplateBudget.Step();
        switch (value)
        {
            case string text:
                AppendQuoted(builder, text);
                break;
            case Markup markup:
                builder.Append("Markup(");
                AppendQuoted(builder, markup.Text);
                builder.Append(')');
                break;
            case Undefined:
                builder.Append("Undefined");
                break;
            case TemplateList list:
                AppendItems(builder, "[", list.Items, "]");
                break;
            case TemplateTuple tuple:
                AppendItems(builder, "(", tuple.Items, tuple.Items.Count == 1 ? ",)" : ")");
                break;
            case TemplateDict dict:
                AppendDict(builder, dict);
                break;
            case TemplateDictView view:
                builder.Append(view.TypeName);
                AppendItems(builder, "([", view.Items(), "])");
                break;
            case TemplateNamespace space:
                builder.Append("<Namespace ");
                AppendDict(builder, space.Values);
                builder.Append('>');
                break;
            case TemplateBytes bytes:
                builder.Append(bytes.Repr());
                break;
            case TemplateObject other:
                builder.Append(other.Repr());
                break;
            default:
                builder.Append(Repr(value));
                break;
        }

        if (builder.Length > TemplateBudget.MaxTextLength)
            TemplateBudget.Text(builder.Length);
    }

    private static void AppendItems(StringBuilder builder, string open, IEnumerable<object?> items, string close)
    {
        TemplateBudget.Enter();
        builder.Append(open);
        var first = true;
        foreach (var item in items)
        {
            if (!first)
                builder.Append(", ");
            first = false;
            AppendRepr(builder, item);
        }

        builder.Append(close);
        TemplateBudget.Leave();
    }

    private static void AppendDict(StringBuilder builder, TemplateDict dict)
    {
        TemplateBudget.Enter();
        builder.Append('{');
        var first = true;
        foreach (var (key, item) in dict.Entries)
        {
            if (!first)
                builder.Append(", ");
            first = false;
            AppendRepr(builder, key);
            builder.Append(": ");
            AppendRepr(builder, item);
        }

        builder.Append('}');
        TemplateBudget.Leave();
    }

    private static void AppendQuoted(StringBuilder builder, string text)
    {
        var quote = text.Contains('\'') && !text.Contains('"') ? '"' : '\'';
        builder.Append(quote);
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (character == quote || character == '\\')
                builder.Append('\\').Append(character);
            else if (character is >= ' ' and < '\x7f')
                builder.Append(character);
            else if (character == '\n')
                builder.Append("\\n");
            else if (character == '\r')
                builder.Append("\\r");
            else if (character == '\t')
                builder.Append("\\t");
            else
                i += AppendOther(builder, text, i);
        }

        builder.Append(quote);
    }

    /// <summary>Appends a character outside ASCII; returns how many more units it had.</summary>
    private static int AppendOther(StringBuilder builder, string text, int at, bool printable = true)
    {
        if (!Rune.TryGetRuneAt(text, at, out var rune))
        {
            builder.Append("\\u").Append(((int)text[at]).ToString("x4", CultureInfo.InvariantCulture));
            return 0;
        }

        if (PythonSurrogates.Of(rune) is { } surrogate)
            builder.Append("\\u").Append(((int)surrogate).ToString("x4", CultureInfo.InvariantCulture));
        else if (printable && PythonCharacters.IsPrintable(rune))
            builder.Append(text, at, rune.Utf16SequenceLength);
        else if (rune.Value < 0x100)
            builder.Append("\\x").Append(rune.Value.ToString("x2", CultureInfo.InvariantCulture));
        else if (rune.Value < 0x10000)
            builder.Append("\\u").Append(rune.Value.ToString("x4", CultureInfo.InvariantCulture));
        else
            builder.Append("\\U").Append(rune.Value.ToString("x8", CultureInfo.InvariantCulture));
        return rune.Utf16SequenceLength - 1;
    }

    private static TemplateException TooManyDigits() =>
        TemplateException.Value($"Exceeds the limit ({MaxDigits} digits) for integer string conversion");
}
