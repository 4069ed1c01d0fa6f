namespace FineTune.Tokenization.Decoders;

/// <summary>Removes up to a number of one character from the ends of every token.</summary>
internal sealed class StripDecoder(string content, int start, int stop) : ITokenDecoder
{
    public IReadOnlyList<string> Decode(IReadOnlyList<string> tokens) => content.Length == 0 ? tokens : [.. tokens.Select(Strip)];

    private string Strip(string token)
    {
        for (var i = 0; i < start && token.StartsWith(content, StringComparison.Ordinal); i++)
            token = token[content.Length..];
        for (var i = 0; i < stop && token.EndsWith(content, StringComparison.Ordinal); i++)
            token = token[..^content.Length];
        return token;
    }
}
