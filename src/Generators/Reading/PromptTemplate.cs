namespace FineTune.Reading;

/// <summary>A template taken apart.</summary>
/// <param name="Pieces">Its pieces, none empty.</param>
/// <param name="Problems">What is wrong with it.</param>
internal sealed record PromptTemplate(IReadOnlyList<PromptTemplatePiece> Pieces, IReadOnlyList<PromptProblem> Problems);
