using System.Globalization;
using System.Text;

namespace FineTune.Tokenization.Normalizers;

/// <summary>Removes combining marks; composed characters keep their accents unless they were decomposed before.</summary>
internal sealed class StripAccentsNormalizer : INormalizer
{
    public NormalizedText Normalize(NormalizedText text) => text.Filter(rune => Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark));
}
