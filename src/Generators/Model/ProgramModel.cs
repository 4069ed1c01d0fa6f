using FineTune.Keys;

namespace FineTune.Model;

/// <summary>The entry point.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="ClassName">Its class.</param>
/// <param name="Recipes">The recipes' classes, with their namespaces, in the order of their names.</param>
internal sealed record ProgramModel(string Namespace, string ClassName, EquatableArray<string> Recipes);
