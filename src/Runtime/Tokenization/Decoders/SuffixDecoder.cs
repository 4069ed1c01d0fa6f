namespace FineTune.Tokenization.Decoders;

/// <summary>The end-of-word suffix back to a space, at the last token to nothing.</summary>
internal sealed class SuffixDecoder(string suffix) : ITokenDecoder
{
    public IReadOnlyList<string> Decode(IReadOnlyList<string> tokens) => suffix.Length == 0
        ? tokens
        : [.. tokens.Select((token, index) => token.Replace(suffix, index == tokens.Count - 1 ? "" : " ", StringComparison.Ordinal))];
}
