using FineTune.Tokenization.Patterns;

namespace FineTune.Tokenization.PreTokenizers;

/// <summary>Splits at the matches of a pattern.</summary>
internal sealed class SplitPreTokenizer(ITextPattern pattern, SplitBehavior behavior, bool invert = false) : IPreTokenizer
{
    public ITextPattern Pattern { get; } = pattern;

    /// <summary>Whether every match is a piece and everything else too.</summary>
    public bool IsolatesMatches => behavior == SplitBehavior.Isolated;

    public IEnumerable<NormalizedText> Split(NormalizedText section) =>
        PieceSplitter.Split(section, Pattern.Matches(section.Text), behavior, invert);
}
