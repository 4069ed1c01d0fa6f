namespace FineTune.Tokenization.Normalizers;

/// <summary>Rewrites text before it is split.</summary>
internal interface INormalizer
{
    NormalizedText Normalize(NormalizedText text);
}
