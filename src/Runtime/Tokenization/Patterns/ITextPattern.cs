namespace FineTune.Tokenization.Patterns;

/// <summary>Something to look for in a text.</summary>
internal interface ITextPattern
{
    /// <summary>The matches from left to right, in UTF-16 units; they do not overlap and may be empty.</summary>
    IReadOnlyList<(int Start, int End)> Matches(string text);
}
