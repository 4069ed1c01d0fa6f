using FineTune.Tokenization.Patterns;
using FineTune.Tokenization.Unicode;

namespace FineTune.Tokenization.PreTokenizers;

/// <summary><c>\w+|[^\w\s]+</c>: words, and runs of what is neither word nor white space.</summary>
internal sealed class WordPattern : ITextPattern
{
    public static WordPattern Instance { get; } = new();

    public IReadOnlyList<(int Start, int End)> Matches(string text)
    {
        var matches = new List<(int, int)>();
        for (var i = 0; i < text.Length;)
        {
            var start = i;
            var kind = Kind(CharacterTable.At(text, i, out var width));
            do
                i += width;
            while (i < text.Length && Kind(CharacterTable.At(text, i, out width)) == kind);
            if (kind != CharacterClasses.WhiteSpace)
                matches.Add((start, i));
        }

        return matches;
    }

    private static CharacterClasses Kind(CharacterClasses classes) =>
        (classes & CharacterClasses.Word) != 0 ? CharacterClasses.Word : classes & CharacterClasses.WhiteSpace;
}
