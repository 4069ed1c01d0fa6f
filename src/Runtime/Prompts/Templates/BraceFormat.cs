using System.Globalization;
using System.Text;

namespace FineTune.Prompts.Templates;

/// <summary>Python's <c>str.format</c> and <c>str.format_map</c>, with the sandbox's rules for attributes in fields.</summary>
internal sealed class BraceFormat
{
    private readonly TemplateRun _run;
    private readonly object?[] _positional;
    private readonly object? _named;
    private readonly bool _escapes;
    private int _next;
    private bool? _automatic;

    private BraceFormat(TemplateRun run, object?[] positional, object? named, bool escapes)
    {
        _escapes = escapes;
        _run = run;
        _positional = positional;
        _named = named;
    }

    /// <summary>Calls <c>format</c> or <c>format_map</c>.</summary>
    /// <param name="run">What runs.</param>
    /// <param name="text">The text with fields.</param>
    /// <param name="name">The method.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="escapes">Whether fields are escaped, as those of a text marked as HTML are.</param>
    public static string Call(TemplateRun run, string text, string name, TemplateArguments arguments, bool escapes)
    {
        if (name == "format")
            return new BraceFormat(run, arguments.Positional, arguments.NamedCopy(), escapes).Format(text, 2);
        if (arguments.HasNamed || arguments.Count != 1)
            throw TemplateException.Type("format_map() takes exactly one argument");
        return new BraceFormat(run, [], arguments.Positional[0], escapes).Format(text, 2);
    }

    private string Format(string text, int depth)
    {
        if (depth == 0)
            throw TemplateException.Value("Max string recursion exceeded");
        var output = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var doubled = i + 1 < text.Length && text[i + 1] == text[i];
            switch (text[i])
            {
                case '{' or '}' when doubled:
                    output.Append(text[i++]);
                    break;
                case '}':
                    throw TemplateException.Value("Single '}' encountered in format string");
                case '{':
                    if (i + 1 == text.Length)
                        throw TemplateException.Value("Single '{' encountered in format string");
                    i++;
                    var field = FormatField(text, ref i, depth);
                    TemplateBudget.Text(field.Length);
                    output.Append(field);
                    break;
                default:
                    output.Append(text[i]);
                    break;
            }
        }

        TemplateBudget.Text(output.Length);
        return output.ToString();
    }

    private string FormatField(string text, ref int at, int depth)
    {
        TemplateBudget.Step();
        var start = at;
        at = NameEnd(text, at);
        var value = Lookup(text[start..at]);
        if (text[at] == '!')
            value = Convert(value, text, ref at);
        var specification = "";
        if (text[at] == ':')
        {
            start = at + 1;
            at = SpecificationEnd(text, start);
            specification = Format(text[start..at], depth - 1);
        }

        if (!_escapes)
            return FormatSpecification.Format(value, specification);
        if (value is not Markup markup)
            return PythonMarkup.EscapeText(FormatSpecification.Format(value, specification));
        return specification.Length == 0
            ? markup.Text
            : throw TemplateException.Value($"Format specifier {specification} given, but Markup does not define __html_format__.");
    }

    // What is within brackets is a key, whatever it is.
    private static int NameEnd(string text, int at)
    {
        for (; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '}' or ':' or '!':
                    return at;
                case '{':
                    throw TemplateException.Value("unexpected '{' in field name");
                case '[':
                    var close = text.IndexOf(']', at);
                    at = close < 0 ? text.Length : close;
                    break;
            }
        }

        throw TemplateException.Value("expected '}' before end of string");
    }

    private static int SpecificationEnd(string text, int start)
    {
        var depth = 1;
        for (var i = start; i < text.Length; i++)
        {
            depth += text[i] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
                return i;
        }

        throw TemplateException.Value("unmatched '{' in format spec");
    }

    private static object? Convert(object? value, string text, ref int at)
    {
        if (at + 2 >= text.Length)
            throw TemplateException.Value("end of string while looking for conversion specifier");
        var conversion = text[at + 1];
        at += 2;
        if (text[at] is not ('}' or ':'))
            throw TemplateException.Value("expected ':' after conversion specifier");
        return conversion switch
        {
            's' => PythonText.String(value),
            'r' => PythonText.Repr(value),
            'a' => PythonText.Ascii(value),
            _ => throw TemplateException.Value($"Unknown conversion specifier '{conversion}'"),
        };
    }

    private object? Lookup(string name)
    {
        var end = name.IndexOfAny(['.', '[']);
        var value = First(end < 0 ? name : name[..end], end < 0);
        for (var i = end; i >= 0 && i < name.Length;)
        {
            if (name[i] == '.')
            {
                var next = name.IndexOfAny(['.', '['], i + 1);
                next = next < 0 ? name.Length : next;
                if (next == i + 1)
                    throw TemplateException.Value("Empty attribute in format string");
                value = _run.Attribute(value, name[(i + 1)..next]);
                i = next;
            }
            else
            {
                var close = name.IndexOf(']', i);
                if (close < 0)
                    throw TemplateException.Value("Missing ']' in format string");
                var key = name[(i + 1)..close];
                if (key.Length == 0)
                    throw TemplateException.Value("Empty attribute in format string");
                value = TemplateRun.Item(value, long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? PythonNumbers.Box(index) : key);
                i = close + 1;
                if (i < name.Length && name[i] is not ('.' or '['))
                    throw TemplateException.Value("Only '.' or '[' may follow ']' in format field specifier");
            }
        }

        return value;
    }

    // Only a field that is nothing but a number counts as numbered by hand.
    private object? First(string name, bool isWhole)
    {
        if (name.Length == 0)
            return Positional(Numbered(automatic: true) ? _next++ : 0);
        if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            return Positional(isWhole && Numbered(automatic: false) ? 0 : index);
        if (_named is Undefined undefined)
            throw undefined.Fail();
        if (_named is not TemplateDict named)
            throw TemplateException.Type($"'{PythonTypes.NameOf(_named)}' object has no item {PythonText.Quote(name)}");
        return named.TryGet(name, out var value) ? value : throw new TemplateException(TemplateErrorKind.Key, PythonText.Quote(name));
    }

    private bool Numbered(bool automatic)
    {
        _automatic ??= automatic;
        if (_automatic == automatic)
            return automatic;
        throw TemplateException.Value(automatic
            ? "cannot switch from manual field specification to automatic field numbering"
            : "cannot switch from automatic field numbering to manual field specification");
    }

    private object? Positional(int index) => index < _positional.Length
        ? _positional[index]
        : throw new TemplateException(TemplateErrorKind.Index, $"Replacement index {index} out of range for positional args tuple");
}
