namespace FineTune.Model;

/// <summary>A recipe with mistakes, of which only the name is known.</summary>
/// <param name="Namespace">The namespace of its class; empty for the global one.</param>
/// <param name="Name">Its name.</param>
/// <param name="RowTypeName">The row's type as generated code writes it; <see langword="null"/> for a recipe in YAML, whose row is generated too.</param>
internal sealed record BrokenRecipe(string Namespace, string Name, string? RowTypeName = null);
