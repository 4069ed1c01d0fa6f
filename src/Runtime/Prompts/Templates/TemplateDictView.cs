namespace FineTune.Prompts.Templates;

/// <summary>The keys, the values or the pairs of a dictionary.</summary>
internal sealed class TemplateDictView(TemplateDict dict, TemplateDictView.Part part) : TemplateObject
{
    internal enum Part
    {
        Keys,
        Values,
        Items,
    }

    public int Count => dict.Count;

    public override string TypeName => part switch
    {
        Part.Keys => "dict_keys",
        Part.Values => "dict_values",
        _ => "dict_items",
    };

    public IEnumerable<object?> Items() => dict.Entries.Select(entry => part switch
    {
        Part.Keys => entry.Key,
        Part.Values => entry.Value,
        _ => new TemplateTuple(entry.Key, entry.Value),
    });

    /// <summary>Whether a key is one of the dictionary.</summary>
    public bool ContainsKey(object? key) => dict.TryGet(key, out _);

    public override string Repr() => PythonText.Repr(this);
}
