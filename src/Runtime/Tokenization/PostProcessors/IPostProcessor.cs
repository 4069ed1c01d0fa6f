namespace FineTune.Tokenization.PostProcessors;

/// <summary>Adds special tokens around texts and corrects offsets.</summary>
internal interface IPostProcessor
{
    /// <summary>How many tokens it adds to one text or to a pair.</summary>
    int AddedTokens(bool isPair);

    /// <summary>The parts of the final encoding, in order.</summary>
    List<Encoding> Process(List<Encoding> encodings, bool addSpecialTokens);
}
