namespace FineTune.Tokenization.PostProcessors;

/// <summary>Several post-processors, one after the other.</summary>
internal sealed class SequencePostProcessor(IReadOnlyList<IPostProcessor> parts) : IPostProcessor
{
    public int AddedTokens(bool isPair) => parts.Sum(part => part.AddedTokens(isPair));

    public List<Encoding> Process(List<Encoding> encodings, bool addSpecialTokens) =>
        parts.Aggregate(encodings, (current, part) => part.Process(current, addSpecialTokens));
}
