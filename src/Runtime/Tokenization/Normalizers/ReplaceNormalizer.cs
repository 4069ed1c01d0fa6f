using FineTune.Tokenization.Patterns;

namespace FineTune.Tokenization.Normalizers;

/// <summary>Replaces the matches of a pattern by a text.</summary>
internal sealed class ReplaceNormalizer(ITextPattern pattern, string content) : INormalizer
{
    public NormalizedText Normalize(NormalizedText text) => text.Replace(pattern.Matches(text.Text), content);
}
