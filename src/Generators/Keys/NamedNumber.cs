namespace FineTune.Keys;

/// <summary>An entry of a mapping to numbers.</summary>
/// <param name="Name">Its name or pattern.</param>
/// <param name="Value">Its number.</param>
internal sealed record NamedNumber(string Name, double Value);
