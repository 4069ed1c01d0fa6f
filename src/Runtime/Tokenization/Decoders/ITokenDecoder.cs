namespace FineTune.Tokenization.Decoders;

/// <summary>Turns tokens back into text, step by step; the results of the last step are joined.</summary>
internal interface ITokenDecoder
{
    IReadOnlyList<string> Decode(IReadOnlyList<string> tokens);
}
