namespace FineTune.Tokenization.PreTokenizers;

/// <summary>What happens to the matches of a pattern, named as in tokenizer.json.</summary>
internal enum SplitBehavior
{
    Removed,
    Isolated,
    MergedWithPrevious,
    MergedWithNext,
    Contiguous,
}
