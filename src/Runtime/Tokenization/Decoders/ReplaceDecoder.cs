using FineTune.Tokenization.Patterns;

namespace FineTune.Tokenization.Decoders;

/// <summary>Replaces the matches of a pattern in every token.</summary>
internal sealed class ReplaceDecoder(ITextPattern pattern, string content) : ITokenDecoder
{
    public IReadOnlyList<string> Decode(IReadOnlyList<string> tokens) =>
        [.. tokens.Select(token => new NormalizedText(token).Replace(pattern.Matches(token), content).Text)];
}
