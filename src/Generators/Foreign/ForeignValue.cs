namespace FineTune.Foreign;

/// <summary>A value that other tools' users write for a key of ours, and that has no equivalent.</summary>
/// <param name="Key">The key's whole name.</param>
/// <param name="Values">The values, separated by spaces; one that ends with <c>*</c> stands for all that begin with it.</param>
/// <param name="Answer">What is true here, and the nearest thing; a sentence without its full stop.</param>
internal sealed record ForeignValue(string Key, string Values, string Answer);
