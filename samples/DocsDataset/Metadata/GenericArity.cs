using System.Globalization;

namespace DocsDataset.Metadata;

/// <summary>Names such as <c>Dictionary`2.Enumerator</c>, which say after each part how many type parameters it declares.</summary>
internal static class GenericArity
{
    /// <summary>Puts arguments where the name has arities, outermost first.</summary>
    /// <param name="name">The name with arities.</param>
    /// <param name="arguments">The arguments of all parts.</param>
    /// <param name="write">Spells one part with its arguments.</param>
    public static string Apply(string name, IReadOnlyList<string> arguments, Func<string, IEnumerable<string>, string> write)
    {
        var used = 0;
        return string.Join('.', name.Split('.').Select(part =>
        {
            var (bare, arity) = Parse(part);
            if (arity == 0)
                return bare;
            var own = arguments.Skip(used).Take(arity);
            used += arity;
            return write(bare, own);
        }));
    }

    /// <summary>Removes the arities.</summary>
    public static string Remove(string name) => string.Join('.', name.Split('.').Select(part => Parse(part).Name));

    private static (string Name, int Arity) Parse(string part)
    {
        var tick = part.IndexOf('`', StringComparison.Ordinal);
        return tick < 0 ? (part, 0) : (part[..tick], int.Parse(part.AsSpan(tick + 1), CultureInfo.InvariantCulture));
    }
}
