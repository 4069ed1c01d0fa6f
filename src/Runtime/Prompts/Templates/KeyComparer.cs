using System.Numerics;
using System.Runtime.CompilerServices;

namespace FineTune.Prompts.Templates;

/// <summary>Equality and hashes of keys, as in Python: numbers by value, true as 1, texts by their characters, tuples by their items.</summary>
internal sealed class KeyComparer : IEqualityComparer<object>
{
    /// <summary>Stands for none, which is null.</summary>
    public static readonly object None = new();

    public static readonly KeyComparer Instance = new();

    public static bool Same(object? left, object? right)
    {
        if (ReferenceEquals(left, right))
            return true;
        return PythonComparison.Equal(left, right);
    }

    bool IEqualityComparer<object>.Equals(object? x, object? y) =>
        ReferenceEquals(x, y) || (x is not null && y is not null && !ReferenceEquals(x, None) && !ReferenceEquals(y, None) && Same(x, y));

    public int GetHashCode(object obj) => obj switch
    {
        string text => text.GetHashCode(),
        Markup markup => markup.Text.GetHashCode(),
        bool flag => (flag ? 1L : 0L).GetHashCode(),
        long number => number.GetHashCode(),
        BigInteger big => big.GetHashCode(),
        double real => HashOf(real),
        TemplateTuple tuple => tuple.Items.Aggregate(7, (hash, item) => HashCode.Combine(hash, GetHashCode(item ?? None))),
        Undefined => 11,
        _ => RuntimeHelpers.GetHashCode(obj),
    };

    private static int HashOf(double real)
    {
        if (Math.Floor(real) != real || double.IsInfinity(real))
            return real.GetHashCode();
        return Math.Abs(real) < 9e18 ? ((long)real).GetHashCode() : new BigInteger(real).GetHashCode();
    }
}
