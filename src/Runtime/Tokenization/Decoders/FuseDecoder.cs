namespace FineTune.Tokenization.Decoders;

/// <summary>Joins all tokens, so that later steps see the whole text.</summary>
internal sealed class FuseDecoder : ITokenDecoder
{
    public IReadOnlyList<string> Decode(IReadOnlyList<string> tokens) => [string.Concat(tokens)];
}
