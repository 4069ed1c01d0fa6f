using FineTune.Tokenization.Normalizers;
using FineTune.Tokenization.Patterns;
using FineTune.Tokenization.PreTokenizers.Scanners;

namespace FineTune.Tokenization.PreTokenizers;

/// <summary>GPT-2's: an optional space in front, an optional split into words, and every byte as its stand-in character.</summary>
internal sealed class ByteLevelPreTokenizer(bool addPrefixSpace, bool useRegex) : IPreTokenizer
{
    private static readonly ScannerPattern Words = new(Gpt2Scanner.Instance);
    private static readonly ByteLevelNormalizer Bytes = new();

    public bool AddPrefixSpace { get; } = addPrefixSpace;

    public bool UseRegex { get; } = useRegex;

    public IEnumerable<NormalizedText> Split(NormalizedText section)
    {
        if (AddPrefixSpace && !section.Text.StartsWith(' '))
            section = section.Prepend(" ");
        var words = UseRegex ? PieceSplitter.Split(section, Words.Matches(section.Text), SplitBehavior.Isolated) : [section];
        return words.Select(Bytes.Normalize);
    }
}
