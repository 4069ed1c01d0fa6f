namespace FineTune.Prompts.Templates;

/// <summary>Python's <c>pprint</c>: on one line where it fits 80 columns, else an item a line; dictionaries sorted by key.</summary>
internal static class PrettyPrint
{
    private const int Width = 80;

    public static string Format(object? value) => Format(Sorted(value), 0, 0, isWhole: true);

    private static string Format(object? value, int indent, int allowance, bool isWhole = false)
    {
        var text = PythonText.Repr(value);
        if (PythonStrings.Length(text) <= Width - indent - allowance)
            return text;
        TemplateBudget.Enter();
        var result = value switch
        {
            TemplateList { Items.Count: > 0 } list => Items("[", list.Items, "]", indent, allowance),
            TemplateTuple { Items.Count: > 0 } tuple => Items("(", tuple.Items, tuple.Items.Count == 1 ? ",)" : ")", indent, allowance),
            TemplateDict { Count: > 0 } dict => Entries(dict, indent, allowance),
            string plain => Text(plain, text, indent, allowance, isWhole),
            _ => text,
        };
        TemplateBudget.Leave();
        return result;
    }

    // A long text is written in parts: a line of it, or as many words of one as fit.
    private static string Text(string value, string repr, int indent, int allowance, bool isWhole)
    {
        if (isWhole)
            (indent, allowance) = (indent + 1, allowance + 1);
        var lines = PythonStrings.Lines(value, keepEnds: true);
        var parts = new List<string>();
        for (var i = 0; i < lines.Count; i++)
        {
            var last = i == lines.Count - 1;
            if (PythonText.Quote(lines[i]) is var line && PythonStrings.Length(line) <= Width - indent - (last ? allowance : 0))
                parts.Add(line);
            else
                AddWords(parts, lines[i], indent, last ? allowance : 0);
        }

        if (parts.Count == 1)
            return repr;
        var text = string.Join("\n" + new string(' ', indent), parts);
        TemplateBudget.Text(text.Length);
        return isWhole ? $"({text})" : text;
    }

    private static void AddWords(List<string> parts, string line, int indent, int allowance)
    {
        var current = "";
        for (var start = 0; start < line.Length;)
        {
            var end = start;
            while (end < line.Length && !PythonCharacters.IsSpace(line[end]))
                end++;
            while (end < line.Length && PythonCharacters.IsSpace(line[end]))
                end++;
            var longer = current + line[start..end];
            if (current.Length > 0 && PythonStrings.Length(PythonText.Quote(longer)) > Width - indent - (end == line.Length ? allowance : 0))
            {
                parts.Add(PythonText.Quote(current));
                longer = line[start..end];
            }

            (current, start) = (longer, end);
        }

        if (current.Length > 0)
            parts.Add(PythonText.Quote(current));
    }

    private static string Items(string open, IReadOnlyList<object?> items, string close, int indent, int allowance) =>
        Join(open, items.Select((item, index) => Format(item, indent + 1, index == items.Count - 1 ? allowance + close.Length : 1)), close, indent);

    private static string Entries(TemplateDict dict, int indent, int allowance) => Join(
        "{",
        dict.Entries.Select((entry, index) =>
        {
            var key = PythonText.Repr(entry.Key);
            return $"{key}: {Format(entry.Value, indent + PythonStrings.Length(key) + 3, index == dict.Count - 1 ? allowance + 1 : 1)}";
        }),
        "}",
        indent);

    private static string Join(string open, IEnumerable<string> items, string close, int indent)
    {
        var text = open + string.Join(",\n" + new string(' ', indent + 1), items) + close;
        TemplateBudget.Text(text.Length);
        return text;
    }

    private static object? Sorted(object? value)
    {
        TemplateBudget.Enter();
        object? result = value switch
        {
            TemplateList list => new TemplateList(list.Items.Select(Sorted)),
            TemplateTuple tuple => new TemplateTuple([.. tuple.Items.Select(Sorted)]),
            TemplateDict dict => SortedDict(dict),
            _ => value,
        };
        TemplateBudget.Leave();
        return result;
    }

    private static TemplateDict SortedDict(TemplateDict dict)
    {
        var sorted = new TemplateDict();
        // Keys of several types have no order: by type, numbers as one.
        var groups = dict.Entries.GroupBy(entry => PythonTypes.IsNumber(entry.Key) ? "int" : PythonTypes.IsText(entry.Key) ? "str" : PythonTypes.NameOf(entry.Key));
        foreach (var group in groups.OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var ordered = group.Key is "int" or "str" ? PythonSorting.Sorted([.. group], entry => entry.Key, reverse: false) : [.. group];
            foreach (var (key, value) in ordered)
                sorted.Set(key, Sorted(value));
        }

        return sorted;
    }
}
