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
                    var end = FieldEnd(text, i + 1);
                    var field = FormatField(text[(i + 1)..end], depth);
                    TemplateBudget.Text(field.Length);
                    output.Append(field);
                    i = end;
                    break;
                default:
                    output.Append(text[i]);
                    break;
            }
        }

        TemplateBudget.Text(output.Length);
        return output.ToString();
    }

    private static int FieldEnd(string text, int start)
    {
        var depth = 1;
        for (var i = start; i < text.Length; i++)
        {
            depth += text[i] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
                return i;
        }

        throw TemplateException.Value(start >= text.Length ? "Single '{' encountered in format string" : "expected '}' before end of string");
    }

    private string FormatField(string field, int depth)
    {
        TemplateBudget.Step();
        var colon = SpecificationStart(field);
        var specification = colon < 0 ? "" : Format(field[(colon + 1)..], depth - 1);
        var head = colon < 0 ? field : field[..colon];
        var conversion = '\0';
        if (head.LastIndexOf('!') is var mark and >= 0 && mark == head.Length - 2)
            (conversion, head) = (head[^1], head[..mark]);
        var value = Lookup(head);
        value = conversion switch
        {
            '\0' => value,
            's' => PythonText.String(value),
            'r' => PythonText.Repr(value),
            'a' => PythonText.Ascii(value),
            _ => throw TemplateException.Value($"Unknown conversion specifier '{conversion}'"),
        };
        if (!_escapes)
            return FormatSpecification.Format(value, specification);
        if (value is not Markup markup)
            return PythonMarkup.EscapeText(FormatSpecification.Format(value, specification));
        return specification.Length == 0
            ? markup.Text
            : throw TemplateException.Value($"Format specifier {specification} given, but Markup does not define __html_format__.");
    }

    // A colon within brackets belongs to the key.
    private static int SpecificationStart(string field)
    {
        var bracket = false;
        for (var i = 0; i < field.Length; i++)
        {
            bracket = field[i] switch { '[' => true, ']' => false, _ => bracket };
            if (field[i] == ':' && !bracket)
                return i;
        }

        return -1;
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
