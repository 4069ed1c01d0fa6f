using System.Text;

namespace FineTune.Tokenization.PreTokenizers;

/// <summary>Pieces of a number of characters.</summary>
internal sealed class FixedLengthPreTokenizer(int length) : IPreTokenizer
{
    public IEnumerable<NormalizedText> Split(NormalizedText section)
    {
        var start = 0;
        var characters = 0;
        for (var i = 0; i < section.Text.Length;)
        {
            Rune.DecodeFromUtf16(section.Text.AsSpan(i), out _, out var width);
            i += width;
            if (++characters == length || i == section.Text.Length)
            {
                yield return section.Slice(start, i);
                (start, characters) = (i, 0);
            }
        }
    }
}
