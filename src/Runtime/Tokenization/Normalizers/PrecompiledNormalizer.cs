using System.Globalization;
using System.Text;

namespace FineTune.Tokenization.Normalizers;

/// <summary>
/// SentencePiece's compiled rules as Hugging Face's library applies them: a short grapheme whose bytes begin with a rule is
/// replaced as a whole by the shortest such rule, else character by character.
/// </summary>
internal sealed class PrecompiledNormalizer(CharacterMap map) : INormalizer
{
    private const int LongestGrapheme = 5;

    public NormalizedText Normalize(NormalizedText text)
    {
        var result = new List<(Rune, int)>(text.Text.Length);
        var modified = false;
        for (var i = 0; i < text.Text.Length;)
        {
            var grapheme = text.Text.AsSpan(i, StringInfo.GetNextTextElementLength(text.Text, i));
            i += grapheme.Length;
            if (System.Text.Encoding.UTF8.GetByteCount(grapheme) <= LongestGrapheme && map.Shortest(grapheme) is { } whole)
            {
                modified = true;
                Replace(result, grapheme, whole);
                continue;
            }

            foreach (var rune in grapheme.EnumerateRunes())
            {
                var character = rune.ToString();
                if (map.Shortest(character) is { } replacement)
                {
                    modified = true;
                    Replace(result, character, replacement);
                }
                else
                {
                    result.Add((rune, 0));
                }
            }
        }

        return modified ? text.Transform(result) : text;
    }

    private static void Replace(List<(Rune Character, int Change)> result, ReadOnlySpan<char> old, string replacement)
    {
        var (removed, added) = (Count(old), Count(replacement));
        foreach (var rune in replacement.EnumerateRunes())
            result.Add((rune, 0));
        for (var i = 1; i <= added - removed; i++)
            result[^i] = (result[^i].Character, 1);
        if (added < removed && result.Count > 0)
            result[^1] = (result[^1].Character, result[^1].Change + added - removed);
    }

    private static int Count(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
            count++;
        return count;
    }
}
