namespace FineTune.Tokenization.Normalizers;

/// <summary>Puts a text in front of every section that is not empty.</summary>
internal sealed class PrependNormalizer(string prefix) : INormalizer
{
    public NormalizedText Normalize(NormalizedText text) => text.Prepend(prefix);
}
