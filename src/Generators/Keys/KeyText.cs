namespace FineTune.Keys;

/// <summary>How messages show keys and values.</summary>
internal static class KeyText
{
    private const int LongestQuotation = 40;

    /// <summary>The key's name, as the surface writes it.</summary>
    public static string Name(Key key, KeySurface surface) =>
        surface == KeySurface.Yaml || key.YamlOnly ? $"'{key.Path}'" : $"'{key.CSharpName}'";

    /// <summary>The name of a key that another key's message speaks of.</summary>
    public static string Name(Key key, Key other, KeySurface surface) =>
        surface == KeySurface.Yaml || key.Section == other.Section ? Name(key, surface) : $"{Name(key, surface)} of [{key.Section.Attributes[0]}]";

    /// <summary>The name of a key for a message in a section.</summary>
    public static string NameIn(Key key, KeySection section, KeySurface surface) =>
        surface == KeySurface.Yaml || key.YamlOnly ? Name(key, KeySurface.Yaml)
        : key.Positional ? $"the first argument of [{key.Section.Attributes[0]}]"
        : key.Section == section ? Name(key, surface)
        : $"{Name(key, surface)} of [{key.Section.Attributes[0]}]";

    /// <summary>A choice's name, as the surface writes it.</summary>
    public static string Name(KeyChoice choice, Key key, KeySurface surface) =>
        surface == KeySurface.Yaml || key.YamlOnly ? choice.Name : $"{key.CSharpType}.{choice.CSharpName}";

    /// <summary>The name of a choice that is given.</summary>
    public static string Name(string choice, Key key, KeySurface surface) =>
        key.Choices.FirstOrDefault(candidate => candidate.Name == choice) is { } found ? Name(found, key, surface) : choice;

    /// <summary>What a user wrote, on one line and not too long.</summary>
    public static string Quote(string text)
    {
        var line = new string([.. text.Select(character => char.IsControl(character) ? ' ' : character)]);
        return line.Length <= LongestQuotation ? $"'{line}'" : $"'{line.Substring(0, LongestQuotation)}…'";
    }

    /// <summary>Items as in <c>a, b or c</c>.</summary>
    public static string Alternatives(IEnumerable<string> items)
    {
        var list = items.ToList();
        return list.Count < 2 ? string.Concat(list) : string.Join(", ", list.Take(list.Count - 1)) + " or " + list[list.Count - 1];
    }

    /// <summary>Names as in <c>'a', 'b' and 'c'</c>; of many the first.</summary>
    public static string List(IReadOnlyList<string> names)
    {
        const int Most = 12;
        var shown = names.Take(Most).Select(Quote).ToList();
        if (names.Count > Most)
            return string.Join(", ", shown) + $" and {names.Count - Most} more";
        return shown.Count < 2 ? string.Concat(shown) : string.Join(", ", shown.Take(shown.Count - 1)) + " and " + shown[shown.Count - 1];
    }
}
