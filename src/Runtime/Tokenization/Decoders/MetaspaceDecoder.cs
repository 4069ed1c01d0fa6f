namespace FineTune.Tokenization.Decoders;

/// <summary>The visible space back to a space; in the first token it vanishes if it was put in front.</summary>
internal sealed class MetaspaceDecoder(string replacement, bool prepends) : ITokenDecoder
{
    public IReadOnlyList<string> Decode(IReadOnlyList<string> tokens) =>
        [.. tokens.Select((token, index) => token.Replace(replacement, index == 0 && prepends ? "" : " ", StringComparison.Ordinal))];
}
