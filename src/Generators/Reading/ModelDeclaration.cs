namespace FineTune.Reading;

/// <summary>A type with <c>[BaseModel]</c>.</summary>
/// <param name="Problems">Its mistakes.</param>
/// <param name="Reader">Knows where its settings are given.</param>
internal sealed record ModelDeclaration(IReadOnlyList<SymbolProblem> Problems, AttributeReader Reader);
