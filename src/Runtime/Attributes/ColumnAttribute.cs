namespace FineTune.Attributes;

/// <summary>
/// Names the column that a property of a row is read from, where it is not the property's own name in snake_case, camelCase or as
/// it is.
/// </summary>
/// <param name="name">The column's name in the data, letter for letter.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class ColumnAttribute(string name) : Attribute
{
    /// <summary>The column's name.</summary>
    public string Name { get; } = name;
}
