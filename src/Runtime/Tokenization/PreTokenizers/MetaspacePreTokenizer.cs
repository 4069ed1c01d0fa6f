using FineTune.Tokenization.Patterns;

namespace FineTune.Tokenization.PreTokenizers;

/// <summary>SentencePiece's: spaces become a visible character, one is put in front, pieces start with it.</summary>
internal sealed class MetaspacePreTokenizer(string replacement, PrependScheme scheme, bool split) : IPreTokenizer
{
    private readonly StringPattern _spaces = new(" ");
    private readonly StringPattern _replacements = new(replacement);

    public IEnumerable<NormalizedText> Split(NormalizedText section)
    {
        section = replacement.Length == 1
            ? section.WithUnits(section.Text.Replace(' ', replacement[0]))
            : section.Replace(_spaces.Matches(section.Text), replacement);
        var prepends = scheme == PrependScheme.Always || (scheme == PrependScheme.First && section.OriginalStart == 0);
        if (prepends && !section.Text.StartsWith(replacement, StringComparison.Ordinal))
            section = section.Prepend(replacement);
        return split ? PieceSplitter.Split(section, _replacements.Matches(section.Text), SplitBehavior.MergedWithNext) : [section];
    }
}
