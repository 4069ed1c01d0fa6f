namespace FineTune.Model;

/// <summary>A recipe with mistakes, of which only the name is known.</summary>
/// <param name="Namespace">The namespace of its class; empty for the global one.</param>
/// <param name="Name">Its name.</param>
internal sealed record BrokenRecipe(string Namespace, string Name);
