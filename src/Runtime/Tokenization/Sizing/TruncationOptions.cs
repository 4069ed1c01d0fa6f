namespace FineTune.Tokenization.Sizing;

/// <summary>How encodings are cut to a length.</summary>
/// <param name="MaxLength">The most tokens, special tokens included.</param>
/// <param name="Stride">How many tokens neighbouring overflowing pieces share.</param>
/// <param name="Strategy">Which text of a pair is cut.</param>
/// <param name="Side">The side that is cut off.</param>
public sealed record TruncationOptions(
    int MaxLength, int Stride = 0, TruncationStrategy Strategy = TruncationStrategy.LongestFirst, TextSide Side = TextSide.Right);
