namespace FineTune.Tokenization.Normalizers;

/// <summary>Replaces one UTF-16 unit by another: every range stays, so this is much cheaper than <see cref="ReplaceNormalizer"/>.</summary>
internal sealed class ReplaceCharacterNormalizer(char from, char to) : INormalizer
{
    public NormalizedText Normalize(NormalizedText text) => text.WithUnits(text.Text.Replace(from, to));
}
