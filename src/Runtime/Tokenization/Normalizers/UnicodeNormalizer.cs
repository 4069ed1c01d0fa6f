using System.Text;
using FineTune.Tokenization.Unicode;

namespace FineTune.Tokenization.Normalizers;

/// <summary>
/// The normalization forms NFC, NFD, NFKC and NFKD. .NET gives the result for whole strings; offsets need to know which
/// character became which, so that characters are decomposed one by one, ordered and composed here.
/// </summary>
internal sealed class UnicodeNormalizer(NormalizationForm form) : INormalizer
{
    private readonly bool _composes = form is NormalizationForm.FormC or NormalizationForm.FormKC;
    private readonly NormalizationForm _decomposition = form is NormalizationForm.FormC or NormalizationForm.FormD
        ? NormalizationForm.FormD
        : NormalizationForm.FormKD;

    /// <summary>Whether a text is in this form already.</summary>
    public bool Leaves(string text) => System.Text.Ascii.IsValid(text) || IsNormalized(text);

    public NormalizedText Normalize(NormalizedText text)
    {
        if (Leaves(text.Text))
            return text;
        var decomposed = Decompose(text.Text);
        return text.Transform(_composes ? Compose(decomposed) : decomposed);
    }

    // .NET refuses noncharacters and lone surrogates: then the slow way decides.
    private bool IsNormalized(string text)
    {
        try
        {
            return text.IsNormalized(form);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private List<(Rune Character, int Change)> Decompose(string text)
    {
        var result = new List<(Rune Character, int Change)>(text.Length);
        var ordered = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var isFirst = true;
            foreach (var part in DecomposeCharacter(rune))
            {
                if (CombiningClasses.Of(part.Value) == 0)
                {
                    Order(result, ordered);
                    ordered = result.Count + 1;
                }

                result.Add((part, isFirst ? 0 : 1));
                isFirst = false;
            }
        }

        Order(result, ordered);
        return result;
    }

    private StringRuneEnumerator DecomposeCharacter(Rune rune)
    {
        var text = rune.ToString();
        // Noncharacters decompose to themselves and .NET refuses them.
        return (rune.IsAscii || IsNoncharacter(rune.Value) || IsUnknownToReference(rune.Value) ? text : text.Normalize(_decomposition)).EnumerateRunes();
    }

    /// <summary>Characters with a decomposition that came after Unicode 12.0, by whose tables the reference normalizes.</summary>
    private static bool IsUnknownToReference(int codePoint) => codePoint is 0x32FF or (>= 0xA7F1 and <= 0xA7F4) or 0xAB69 or 0x105C9 or 0x105E4
        or (>= 0x10781 and <= 0x107BA) or (>= 0x11383 and <= 0x11391) or (>= 0x113C5 and <= 0x113C8) or 0x11938 or (>= 0x16121 and <= 0x16128)
        or (>= 0x16D68 and <= 0x16D6A) or (>= 0x1CCD6 and <= 0x1CCF9) or (>= 0x1E030 and <= 0x1E06D) or (>= 0x1FBF0 and <= 0x1FBF9);

    private static bool IsNoncharacter(int codePoint) => (codePoint & 0xFFFE) == 0xFFFE || codePoint is >= 0xFDD0 and <= 0xFDEF;

    /// <summary>The canonical order of the marks from <paramref name="start"/> to the end.</summary>
    private static void Order(List<(Rune Character, int Change)> characters, int start)
    {
        for (var i = start + 1; i < characters.Count; i++)
        {
            var moved = characters[i];
            var combiningClass = CombiningClasses.Of(moved.Character.Value);
            var at = i;
            for (; at > start && CombiningClasses.Of(characters[at - 1].Character.Value) > combiningClass; at--)
                characters[at] = characters[at - 1];
            characters[at] = moved;
        }
    }

    /// <summary>Canonical composition (Unicode Standard Annex 15); a composed character takes the place of all its parts.</summary>
    private static List<(Rune Character, int Change)> Compose(List<(Rune Character, int Change)> decomposed)
    {
        var result = new List<(Rune Character, int Change)>(decomposed.Count);
        var starter = -1;
        var lastClass = 0;
        foreach (var (character, change) in decomposed)
        {
            var combiningClass = CombiningClasses.Of(character.Value);
            var isBlocked = result.Count - 1 > starter && (lastClass == 0 || lastClass >= combiningClass);
            if (starter >= 0 && !isBlocked && ComposePair(result[starter].Character, character) is { } composed)
            {
                result[starter] = (composed, result[starter].Change + change - 1);
                continue;
            }

            if (combiningClass == 0)
                starter = result.Count;
            lastClass = combiningClass;
            result.Add((character, change));
        }

        return result;
    }

    private static Rune? ComposePair(Rune first, Rune second)
    {
        if (second.IsAscii || IsNoncharacter(first.Value) || IsNoncharacter(second.Value))
            return null;
        var composed = string.Concat(first.ToString(), second.ToString()).Normalize(NormalizationForm.FormC);
        Rune.DecodeFromUtf16(composed, out var rune, out var width);
        return width == composed.Length && !IsUnknownToReference(rune.Value) ? rune : null;
    }
}
