using System.Text;

namespace FineTune.Tokenization.Normalizers;

/// <summary>Lower-cases character by character, without context: <c>Σ</c> is always <c>σ</c>, <c>İ</c> is <c>i</c> and a combining dot.</summary>
internal sealed class LowercaseNormalizer : INormalizer
{
    private const int CapitalIWithDot = 0x130;
    private static readonly Rune CombiningDotAbove = new(0x307);

    public NormalizedText Normalize(NormalizedText text)
    {
        if (text.Text.EnumerateRunes().All(rune => rune.Value != CapitalIWithDot && Rune.ToLowerInvariant(rune) == rune))
            return text;
        var lower = new List<(Rune, int)>(text.Text.Length);
        foreach (var rune in text.Text.EnumerateRunes())
        {
            if (rune.Value == CapitalIWithDot)
            {
                lower.Add((new Rune('i'), 0));
                lower.Add((CombiningDotAbove, 1));
            }
            else
            {
                lower.Add((Rune.ToLowerInvariant(rune), 0));
            }
        }

        return text.Transform(lower);
    }
}
