using FineTune.Tokenization.Models;

namespace FineTune.Tokenization.PostProcessors;

/// <summary>The byte-level post-processor: leaves spaces that a token starts or ends with out of its offsets.</summary>
internal sealed class TrimOffsetsPostProcessor(Vocabulary vocabulary, bool trims, bool addPrefixSpace) : IPostProcessor
{
    private const char SpaceCharacter = 'Ġ';

    public int AddedTokens(bool isPair) => 0;

    public List<Encoding> Process(List<Encoding> encodings, bool addSpecialTokens)
    {
        for (var sequence = 0; sequence < encodings.Count; sequence++)
        {
            if (trims)
            {
                Trim(encodings[sequence]);
                encodings[sequence].OverflowingList.ForEach(Trim);
            }

            encodings[sequence].SetSequence(sequence);
        }

        return encodings;
    }

    private void Trim(Encoding encoding)
    {
        for (var i = 0; i < encoding.Count; i++)
        {
            if (!vocabulary.TryGetToken(encoding.IdList[i], out var token))
                continue;
            var leading = token.TakeWhile(IsSpace).Count();
            var trailing = token.Reverse().TakeWhile(IsSpace).Count();
            var (start, end) = encoding.OffsetList[i];
            // The space that was put in front is not in the text.
            if (leading > 0 && addPrefixSpace && (i == 0 || start == 0))
                leading--;
            start = Math.Min(Forward(encoding.Source, start, leading), end);
            if (trailing > 0 && end >= trailing)
                end = Math.Max(Back(encoding.Source, end, trailing), start);
            encoding.OffsetList[i] = (start, end);
        }
    }

    private static bool IsSpace(char unit) => unit == SpaceCharacter || char.IsWhiteSpace(unit);

    // The reference counts characters: a space that was put in front has the range of the first one, whatever it is.
    private static int Forward(string? text, int at, int characters)
    {
        for (; characters > 0; characters--)
            at += text is not null && at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]) ? 2 : 1;
        return at;
    }

    private static int Back(string? text, int at, int characters)
    {
        for (; characters > 0; characters--)
            at -= text is not null && at >= 2 && at <= text.Length && char.IsSurrogatePair(text[at - 2], text[at - 1]) ? 2 : 1;
        return at;
    }
}
