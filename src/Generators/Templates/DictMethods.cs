namespace FineTune.Templates;

/// <summary>The methods of dictionaries: as an attribute, such a name is the method and not an item.</summary>
internal static class DictMethods
{
    public static readonly HashSet<string> Names =
        ["keys", "values", "items", "get", "copy", "fromkeys", "clear", "pop", "popitem", "setdefault", "update"];
}
