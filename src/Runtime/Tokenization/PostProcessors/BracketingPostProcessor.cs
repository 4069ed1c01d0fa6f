namespace FineTune.Tokenization.PostProcessors;

/// <summary>BERT's and RoBERTa's brackets: <c>[CLS] A [SEP]</c>, and <c>B [SEP]</c> or <c>&lt;/s&gt; B &lt;/s&gt;</c>.</summary>
/// <param name="first">The token before the first text.</param>
/// <param name="separator">The token after every text.</param>
/// <param name="isRoberta">Whether the second text has a separator before it too, and all type ids are 0.</param>
internal sealed class BracketingPostProcessor(int first, int separator, bool isRoberta) : IPostProcessor
{
    public int AddedTokens(bool isPair) => !isPair ? 2 : isRoberta ? 4 : 3;

    public List<Encoding> Process(List<Encoding> encodings, bool addSpecialTokens)
    {
        if (isRoberta)
        {
            foreach (var encoding in encodings)
                encoding.SetTypeIds(0);
        }

        return addSpecialTokens ? [.. encodings.Select(Bracket)] : encodings;
    }

    private Encoding Bracket(Encoding encoding, int index)
    {
        var bracketed = BracketPart(encoding, index);
        bracketed.OverflowingList = [.. encoding.OverflowingList.Select(part => BracketPart(part, index))];
        return bracketed;
    }

    private Encoding BracketPart(Encoding encoding, int index)
    {
        var typeId = index == 0 || isRoberta ? 0 : 1;
        int[] before = index == 0 ? [first] : isRoberta ? [separator] : [];
        var result = Encoding.OfSpecialTokens(before, typeId);
        var text = encoding.Slice(0, encoding.Count);
        text.ClearSequences();
        result.Append(text);
        result.Append(Encoding.OfSpecialTokens([separator], typeId));
        result.SetSequence(index, before.Length, before.Length + text.Count);
        return result;
    }
}
