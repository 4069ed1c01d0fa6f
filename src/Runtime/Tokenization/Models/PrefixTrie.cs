namespace FineTune.Tokenization.Models;

/// <summary>Finds every token that a text begins with.</summary>
internal sealed class PrefixTrie
{
    private readonly Dictionary<long, int> _children = [];
    private readonly List<int> _values = [-1];

    /// <summary>Adds a token; of equal tokens the last value counts.</summary>
    public void Add(ReadOnlySpan<char> token, int value)
    {
        var node = 0;
        foreach (var unit in token)
        {
            if (!_children.TryGetValue(Key(node, unit), out var child))
            {
                child = _values.Count;
                _values.Add(-1);
                _children.Add(Key(node, unit), child);
            }

            node = child;
        }

        _values[node] = value;
    }

    /// <summary>The node after one more unit; −1 if no token goes on so. The root is 0.</summary>
    public int Next(int node, char unit) => _children.TryGetValue(Key(node, unit), out var child) ? child : -1;

    /// <summary>The value of the token that ends at a node; −1 if none does.</summary>
    public int Value(int node) => _values[node];

    private static long Key(int node, char unit) => ((long)node << 16) | unit;
}
