using System.Globalization;
using System.Text;

namespace FineTune.Tokenization.Normalizers;

/// <summary>BERT's clean-up: control characters, spaces around Chinese characters, accents, case.</summary>
internal sealed class BertNormalizer(bool cleanText, bool handleChinese, bool stripAccents, bool lowercase) : INormalizer
{
    private static readonly UnicodeNormalizer Decompose = new(NormalizationForm.FormD);
    private static readonly LowercaseNormalizer Lowercase = new();

    public NormalizedText Normalize(NormalizedText text)
    {
        if (cleanText)
            text = Clean(text);
        if (handleChinese)
            text = SpaceChinese(text);
        if (stripAccents)
            text = Decompose.Normalize(text).Filter(rune => Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark);
        return lowercase ? Lowercase.Normalize(text) : text;
    }

    private static NormalizedText Clean(NormalizedText text)
    {
        var filtered = text.Filter(rune => rune.Value is not (0 or 0xFFFD) && !IsControl(rune));
        return filtered.WithUnits(string.Create(filtered.Text.Length, filtered.Text, static (units, source) =>
        {
            for (var i = 0; i < source.Length; i++)
                units[i] = char.IsWhiteSpace(source[i]) ? ' ' : source[i];
        }));
    }

    private static bool IsControl(Rune rune) => rune.Value is not ('\t' or '\n' or '\r') && Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse;

    private static NormalizedText SpaceChinese(NormalizedText text)
    {
        if (!text.Text.EnumerateRunes().Any(IsChinese))
            return text;
        var spaced = new List<(Rune, int)>(text.Text.Length);
        foreach (var rune in text.Text.EnumerateRunes())
        {
            if (IsChinese(rune))
                spaced.AddRange([(new Rune(' '), 0), (rune, 1), (new Rune(' '), 1)]);
            else
                spaced.Add((rune, 0));
        }

        return text.Transform(spaced);
    }

    private static bool IsChinese(Rune rune) => rune.Value is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF)
        or (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2B73F) or (>= 0x2B740 and <= 0x2B81F) or (>= 0x2B920 and <= 0x2CEAF)
        or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);
}
