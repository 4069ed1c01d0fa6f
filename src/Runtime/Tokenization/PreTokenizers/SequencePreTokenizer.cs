namespace FineTune.Tokenization.PreTokenizers;

/// <summary>Several pre-tokenizers: each splits the pieces of the one before.</summary>
internal sealed class SequencePreTokenizer(IReadOnlyList<IPreTokenizer> parts) : IPreTokenizer
{
    public IReadOnlyList<IPreTokenizer> Parts { get; } = parts;

    public IEnumerable<NormalizedText> Split(NormalizedText section)
    {
        List<NormalizedText> pieces = [section];
        foreach (var part in Parts)
            pieces = [.. pieces.SelectMany(part.Split).Where(piece => !piece.IsEmpty)];
        return pieces;
    }
}
