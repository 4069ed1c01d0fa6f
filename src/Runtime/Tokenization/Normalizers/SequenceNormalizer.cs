namespace FineTune.Tokenization.Normalizers;

/// <summary>Several normalizers, one after the other.</summary>
internal sealed class SequenceNormalizer(IReadOnlyList<INormalizer> parts) : INormalizer
{
    public IReadOnlyList<INormalizer> Parts { get; } = parts;

    public NormalizedText Normalize(NormalizedText text) => Parts.Aggregate(text, (current, part) => part.Normalize(current));
}
