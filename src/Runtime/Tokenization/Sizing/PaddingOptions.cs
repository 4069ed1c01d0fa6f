namespace FineTune.Tokenization.Sizing;

/// <summary>How encodings are filled up to a length.</summary>
/// <param name="PadId">The id of the padding token.</param>
/// <param name="Length">The length; <see langword="null"/> is the longest of the batch.</param>
/// <param name="Side">The side at which padding is put.</param>
/// <param name="MultipleOf">The length is rounded up to a multiple of this.</param>
/// <param name="PadTypeId">The type id of padding.</param>
public sealed record PaddingOptions(
    int PadId, int? Length = null, TextSide Side = TextSide.Right, int? MultipleOf = null, int PadTypeId = 0);
