using System.ComponentModel;

namespace FineTune.Prompts.Templates;

/// <summary>The name and the parameters of a macro. Generated templates use it; nothing else needs to.</summary>
/// <param name="Name">The name; <see langword="null"/> of a call block.</param>
/// <param name="Parameters">The parameters' names.</param>
/// <param name="TakesCaller">Whether it reads <c>caller</c>.</param>
/// <param name="TakesNamed">Whether it reads <c>kwargs</c>.</param>
/// <param name="TakesOthers">Whether it reads <c>varargs</c>.</param>
/// <param name="Cost">What a call costs, in steps of the budget.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record MacroDefinition(string? Name, IReadOnlyList<string> Parameters, bool TakesCaller, bool TakesNamed, bool TakesOthers, int Cost);
