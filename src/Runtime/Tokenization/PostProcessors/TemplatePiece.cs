namespace FineTune.Tokenization.PostProcessors;

/// <summary>A part of a template: a text, or special tokens.</summary>
/// <param name="Sequence">The text: 0 is the first, 1 the second.</param>
/// <param name="SpecialIds">The special tokens; <see langword="null"/> for a text.</param>
/// <param name="TypeId">The type id of its tokens.</param>
internal sealed record TemplatePiece(int Sequence, IReadOnlyList<int>? SpecialIds, int TypeId);
