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
            start = Math.Min(start + leading, end);
            if (trailing > 0 && end >= trailing)
                end = Math.Max(end - trailing, start);
            encoding.OffsetList[i] = (start, end);
        }
    }

    private static bool IsSpace(char unit) => unit == SpaceCharacter || char.IsWhiteSpace(unit);
}
