namespace FineTune.Prompts.Templates;

/// <summary>Python's <c>pprint</c>: on one line where it fits 80 columns, else an item a line; dictionaries sorted by key.</summary>
internal static class PrettyPrint
{
    private const int Width = 80;

    public static string Format(object? value) => Format(Sorted(value), 0, 0);

    private static string Format(object? value, int indent, int allowance)
    {
        var text = PythonText.Repr(value);
        if (text.Length <= Width - indent - allowance)
            return text;
        TemplateBudget.Enter();
        var result = value switch
        {
            TemplateList { Items.Count: > 0 } list => Items("[", list.Items, "]", indent, allowance),
            TemplateTuple { Items.Count: > 0 } tuple => Items("(", tuple.Items, tuple.Items.Count == 1 ? ",)" : ")", indent, allowance),
            TemplateDict { Count: > 0 } dict => Entries(dict, indent, allowance),
            _ => text,
        };
        TemplateBudget.Leave();
        return result;
    }

    private static string Items(string open, IReadOnlyList<object?> items, string close, int indent, int allowance) =>
        Join(open, items.Select((item, index) => Format(item, indent + 1, index == items.Count - 1 ? allowance + close.Length : 1)), close, indent);

    private static string Entries(TemplateDict dict, int indent, int allowance) => Join(
        "{",
        dict.Entries.Select((entry, index) =>
        {
            var key = PythonText.Repr(entry.Key);
            return $"{key}: {Format(entry.Value, indent + key.Length + 3, index == dict.Count - 1 ? allowance + 1 : 1)}";
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
        // Keys of several types have no order: by type, then by what they print as.
        var comparable = dict.Entries.All(entry => PythonTypes.IsText(entry.Key)) || dict.Entries.All(entry => PythonTypes.IsNumber(entry.Key));
        foreach (var (key, value) in PythonSorting.Sorted(dict.Entries, entry => comparable ? entry.Key : PythonTypes.NameOf(entry.Key) + PythonText.Repr(entry.Key), reverse: false))
            sorted.Set(key, Sorted(value));
        return sorted;
    }
}
