namespace FineTune.App;

/// <summary>Rows as the model sees them.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Lengths">The tokens of each row, or of more rows than are shown.</param>
/// <param name="MaxLength">The tokens that fit.</param>
internal sealed record RowPreviews(IReadOnlyList<PreviewRow> Rows, IReadOnlyList<int> Lengths, int MaxLength);
