namespace FineTune.Prompts.Templates;

/// <summary>A dictionary that keeps the order of its keys; keys are equal as Python's are (1, 1.0 and true are one key).</summary>
internal sealed class TemplateDict
{
    // An entry, with the space that is left for more, and its place in the table.
    private const int EntrySize = 40;

    // Most are small: a scan is faster than a table.
    private const int ScanLimit = 8;

    private readonly List<KeyValuePair<object?, object?>> _entries = [];
    private Dictionary<object, int>? _index;

    public TemplateDict() => TemplateBudget.Value(96);

    public int Count => _entries.Count;

    /// <summary>Keys and values, in the order in which the keys came first.</summary>
    public IReadOnlyList<KeyValuePair<object?, object?>> Entries => _entries;

    public void Set(object? key, object? value)
    {
        var at = Find(key);
        if (at >= 0)
        {
            // As in Python, the first key stays: {1: 'a', true: 'b'} is {1: 'b'}.
            _entries[at] = new(_entries[at].Key, value);
            return;
        }

        TemplateBudget.Value(EntrySize);
        _entries.Add(new(key, value));
        if (_index is not null)
            _index.Add(key ?? KeyComparer.None, _entries.Count - 1);
        else if (_entries.Count > ScanLimit)
            BuildIndex();
    }

    public bool TryGet(object? key, out object? value)
    {
        var at = Find(key);
        value = at >= 0 ? _entries[at].Value : null;
        return at >= 0;
    }

    /// <summary>Puts a key that is not there yet before all others.</summary>
    public void Prepend(object? key, object? value)
    {
        _entries.Insert(0, new(key, value));
        _index = null;
        if (_entries.Count > ScanLimit)
            BuildIndex();
    }

    public void Remove(object? key)
    {
        var at = Find(key);
        if (at < 0)
            return;
        _entries.RemoveAt(at);
        _index = null;
        if (_entries.Count > ScanLimit)
            BuildIndex();
    }

    public TemplateDict Copy()
    {
        var copy = new TemplateDict();
        TemplateBudget.Value(EntrySize * _entries.Count);
        copy._entries.AddRange(_entries);
        if (_entries.Count > ScanLimit)
            copy.BuildIndex();
        return copy;
    }

    private int Find(object? key)
    {
        if (key is string text)
            return FindText(text);
        if (_index is not null)
            return _index.TryGetValue(key ?? KeyComparer.None, out var found) ? found : -1;
        for (var i = 0; i < _entries.Count; i++)
        {
            if (KeyComparer.Same(_entries[i].Key, key))
                return i;
        }

        return -1;
    }

    // Names in templates and in JSON are mostly one object each, so that most comparisons end at the reference.
    private int FindText(string text)
    {
        if (text.Length >= 512)
            TemplateBudget.Scan(text.Length);
        if (_index is not null)
            return _index.TryGetValue(text, out var found) ? found : -1;
        for (var i = 0; i < _entries.Count; i++)
        {
            var key = _entries[i].Key;
            if (ReferenceEquals(key, text) || (key is string other ? other == text : key is Markup markup && markup.Text == text))
                return i;
        }

        return -1;
    }

    private void BuildIndex()
    {
        _index = new(_entries.Count, KeyComparer.Instance);
        for (var i = 0; i < _entries.Count; i++)
            _index.Add(_entries[i].Key ?? KeyComparer.None, i);
    }
}
