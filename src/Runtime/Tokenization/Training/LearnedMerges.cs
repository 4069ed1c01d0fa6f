namespace FineTune.Tokenization.Training;

/// <param name="Tokens">The vocabulary in the order of ids.</param>
/// <param name="Merges">The merges in the order in which they were learned.</param>
internal sealed record LearnedMerges(IReadOnlyList<string> Tokens, IReadOnlyList<(string Left, string Right)> Merges);
