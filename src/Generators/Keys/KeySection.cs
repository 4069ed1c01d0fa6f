namespace FineTune.Keys;

/// <summary>A section of a recipe: a mapping in YAML, an attribute in C#, a record at run time.</summary>
/// <param name="Name">The section's key in YAML; empty for the recipe's own level.</param>
/// <param name="Attributes">The attributes that say the same in C#, without <c>Attribute</c>.</param>
/// <param name="Property">The property of <c>RecipeOptions</c>.</param>
/// <param name="Summary">What the section says.</param>
internal sealed record KeySection(string Name, string[] Attributes, string Property, string Summary)
{
    /// <summary>The key that a list in place of the section's mapping stands for.</summary>
    public string? ListKey { get; init; }

    /// <summary>What other tools call the section.</summary>
    public string[] Synonyms { get; init; } = [];
}
