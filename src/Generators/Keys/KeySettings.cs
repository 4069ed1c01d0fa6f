using System.Diagnostics.CodeAnalysis;

namespace FineTune.Keys;

/// <summary>The values that a recipe gives, by key.</summary>
internal sealed class KeySettings
{
    private readonly Dictionary<string, KeyValue> _values = new(StringComparer.Ordinal);

    /// <summary>What is given, in the table's order.</summary>
    public IEnumerable<KeyValuePair<Key, KeyValue>> Given =>
        from key in KeyTable.All
        where _values.ContainsKey(key.Path)
        select new KeyValuePair<Key, KeyValue>(key, _values[key.Path]);

    public void Set(Key key, KeyValue value) => _values[key.Path] = value;

    public void Remove(Key key) => _values.Remove(key.Path);

    public bool TryGet(Key key, [NotNullWhen(true)] out KeyValue? value) => _values.TryGetValue(key.Path, out value);

    /// <summary>The value given, or else the default.</summary>
    public KeyValue? Effective(Key key) => _values.TryGetValue(key.Path, out var value) ? value : key.DefaultOf?.Invoke(this) ?? key.Default;

    /// <summary>Whether a value other than the default is given.</summary>
    public bool Changes(Key key) => _values.TryGetValue(key.Path, out var value) && value != key.Default;
}
