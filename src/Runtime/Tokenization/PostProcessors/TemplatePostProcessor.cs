namespace FineTune.Tokenization.PostProcessors;

/// <summary>Arranges texts and special tokens as templates say, one for a text and one for a pair.</summary>
internal sealed class TemplatePostProcessor(IReadOnlyList<TemplatePiece> single, IReadOnlyList<TemplatePiece> pair) : IPostProcessor
{
    public int AddedTokens(bool isPair) => (isPair ? pair : single).Sum(piece => piece.SpecialIds?.Count ?? 0);

    public List<Encoding> Process(List<Encoding> encodings, bool addSpecialTokens)
    {
        var parts = new List<Encoding>();
        foreach (var piece in encodings.Count == 2 ? pair : single)
        {
            if (piece.SpecialIds is { } ids)
            {
                if (addSpecialTokens)
                    parts.Add(Encoding.OfSpecialTokens(ids, piece.TypeId));
            }
            else if (piece.Sequence < encodings.Count)
            {
                var encoding = encodings[piece.Sequence];
                encoding.SetTypeIds(piece.TypeId);
                encoding.SetSequence(piece.Sequence);
                parts.Add(encoding.Clone());
            }
        }

        return parts;
    }
}
