using System.Globalization;
using System.Numerics;
using System.Text;

namespace FineTune.Prompts.Templates;

/// <summary>Python's <c>json.dumps</c>.</summary>
internal sealed class JsonText
{
    private readonly StringBuilder _output = new();
    private readonly bool _ascii;
    private readonly bool _sorted;
    private readonly string? _indent;
    private readonly string _itemSeparator;
    private readonly string _keySeparator;
    private int _depth;

    private JsonText(bool ascii, string? indent, string itemSeparator, string keySeparator, bool sorted)
    {
        _ascii = ascii;
        _indent = indent;
        _itemSeparator = itemSeparator;
        _keySeparator = keySeparator;
        _sorted = sorted;
    }

    /// <summary>A value as JSON.</summary>
    /// <param name="value">The value.</param>
    /// <param name="ascii">Whether characters outside ASCII are escaped.</param>
    /// <param name="indent">What indents a level; <see langword="null"/>: all on one line.</param>
    /// <param name="separators">What separates items, and keys from values; <see langword="null"/>: the usual.</param>
    /// <param name="sorted">Whether keys are sorted.</param>
    public static string Write(object? value, bool ascii = false, string? indent = null, (string Item, string Key)? separators = null, bool sorted = false)
    {
        var (item, key) = separators ?? (indent is null ? ", " : ",", ": ");
        var writer = new JsonText(ascii, indent, item, key, sorted);
        writer.Append(value);
        TemplateBudget.Text(writer._output.Length);
        return writer._output.ToString();
    }

    private void Append(object? value)
    {
        TemplateBudget.Step();
        switch (value)
        {
            case null: _output.Append("null"); break;
            case bool flag: _output.Append(flag ? "true" : "false"); break;
            case long number: _output.Append(CultureInfo.InvariantCulture, $"{number}"); break;
            case BigInteger big: _output.Append(PythonText.Digits(big)); break;
            case double real: _output.Append(Real(real)); break;
            case string text: AppendText(text); break;
            case Markup markup: AppendText(markup.Text); break;
            case TemplateList list: AppendItems('[', list.Items, Append, ']'); break;
            case TemplateTuple tuple: AppendItems('[', tuple.Items, Append, ']'); break;
            case TemplateDict dict: AppendItems('{', Entries(dict), AppendEntry, '}'); break;
            default: throw TemplateException.Type($"Object of type {PythonTypes.NameOf(value)} is not JSON serializable");
        }

        if (_output.Length > TemplateBudget.MaxTextLength)
            TemplateBudget.Text(_output.Length);
    }

    private IReadOnlyList<KeyValuePair<object?, object?>> Entries(TemplateDict dict) => _sorted
        ? PythonSorting.Sorted(dict.Entries, entry => entry.Key, reverse: false)
        : dict.Entries;

    private void AppendEntry(KeyValuePair<object?, object?> entry)
    {
        AppendText(entry.Key switch
        {
            string text => text,
            Markup markup => markup.Text,
            null => "null",
            bool flag => flag ? "true" : "false",
            double real => Real(real),
            long or BigInteger => PythonText.Repr(entry.Key),
            _ => throw TemplateException.Type($"keys must be str, int, float, bool or None, not {PythonTypes.NameOf(entry.Key)}"),
        });
        _output.Append(_keySeparator);
        Append(entry.Value);
    }

    private void AppendItems<T>(char open, IReadOnlyList<T> items, Action<T> append, char close)
    {
        _output.Append(open);
        if (items.Count > 0)
        {
            TemplateBudget.Enter();
            _depth++;
            for (var i = 0; i < items.Count; i++)
            {
                if (i > 0)
                    _output.Append(_itemSeparator);
                AppendLine();
                append(items[i]);
            }

            _depth--;
            AppendLine();
            TemplateBudget.Leave();
        }

        _output.Append(close);
    }

    private void AppendLine()
    {
        if (_indent is null)
            return;
        TemplateBudget.Text((long)_indent.Length * _depth);
        _output.Append('\n');
        for (var i = 0; i < _depth; i++)
            _output.Append(_indent);
    }

    private static string Real(double value) => double.IsNaN(value) ? "NaN" : double.IsInfinity(value) ? value > 0 ? "Infinity" : "-Infinity" : PythonText.Float(value);

    private void AppendText(string text)
    {
        _output.Append('"');
        foreach (var character in _ascii ? PythonSurrogates.Show(text) : text)
        {
            switch (character)
            {
                case '"': _output.Append("\\\""); break;
                case '\\': _output.Append("\\\\"); break;
                case '\n': _output.Append("\\n"); break;
                case '\r': _output.Append("\\r"); break;
                case '\t': _output.Append("\\t"); break;
                case '\f': _output.Append("\\f"); break;
                case '\b': _output.Append("\\b"); break;
                case < ' ': AppendEscape(character); break;
                case > '~' when _ascii: AppendEscape(character); break;
                default: _output.Append(character); break;
            }
        }

        _output.Append('"');
    }

    private void AppendEscape(char character) => _output.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
}
