using System.Text;

namespace FineTune.Tokenization.Patterns;

/// <summary>Single characters that a condition picks.</summary>
internal sealed class CharacterPattern(Func<Rune, bool> condition) : ITextPattern
{
    public IReadOnlyList<(int Start, int End)> Matches(string text)
    {
        var matches = new List<(int, int)>();
        for (var i = 0; i < text.Length;)
        {
            Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out var width);
            if (condition(rune))
                matches.Add((i, i + width));
            i += width;
        }

        return matches;
    }
}
