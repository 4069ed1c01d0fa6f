namespace FineTune.App;

/// <summary>Which rows a preview shows.</summary>
/// <param name="Test">Whether held-out rows in place of training rows.</param>
/// <param name="Count">How many.</param>
/// <param name="AllLengths">Whether the lengths of all rows are wanted, not only of those shown.</param>
internal sealed record PreviewRequest(bool Test, int Count, bool AllLengths = false);
