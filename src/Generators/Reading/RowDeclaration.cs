using FineTune.Keys;
using FineTune.Model;

namespace FineTune.Reading;

/// <summary>A row type of the C# surface.</summary>
/// <param name="Row">What is read.</param>
/// <param name="Prompt">What is rendered; empty without <c>[Prompt]</c>.</param>
/// <param name="Problems">What is wrong with the type.</param>
/// <param name="Reader">Knows where its settings are given.</param>
/// <param name="Shape">What is rendered without <c>[Prompt]</c>.</param>
internal sealed record RowDeclaration(RowModel Row, EquatableArray<PromptPart> Prompt, IReadOnlyList<SymbolProblem> Problems, AttributeReader Reader, ShapeModel? Shape = null)
{
    /// <summary>The mistake of a prompt without a completion, which it is by some methods only; else <see langword="null"/>.</summary>
    public SymbolProblem? NothingToLearn { get; init; }
}
