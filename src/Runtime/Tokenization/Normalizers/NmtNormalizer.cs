namespace FineTune.Tokenization.Normalizers;

/// <summary>SentencePiece's <c>nmt</c> rules: control characters vanish, odd white space becomes a space.</summary>
internal sealed class NmtNormalizer : INormalizer
{
    public NormalizedText Normalize(NormalizedText text)
    {
        var filtered = text.Filter(rune => rune.Value
            is not ((>= 1 and <= 8) or 0xB or (>= 0xE and <= 0x1F) or 0x7F or 0x8F or 0x9F));
        return filtered.WithUnits(string.Create(filtered.Text.Length, filtered.Text, static (units, source) =>
        {
            for (var i = 0; i < source.Length; i++)
                units[i] = IsSpace(source[i]) ? ' ' : source[i];
        }));
    }

    private static bool IsSpace(char unit) => unit is '\t' or '\n' or '\f' or '\r' or '\u1680'
        or (>= '\u200B' and <= '\u200F') or '\u2028' or '\u2029' or '\u2581' or '\uFEFF' or '\uFFFD';
}
