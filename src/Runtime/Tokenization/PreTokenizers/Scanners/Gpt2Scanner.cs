using FineTune.Tokenization.Unicode;

namespace FineTune.Tokenization.PreTokenizers.Scanners;

/// <summary><see cref="SplitPatterns.Gpt2"/>.</summary>
internal sealed class Gpt2Scanner : WordScanner
{
    private const CharacterClasses LetterNumberOrSpace = CharacterClasses.Letter | CharacterClasses.Number | CharacterClasses.WhiteSpace;

    public static Gpt2Scanner Instance { get; } = new();

    public override int WordEnd(ReadOnlySpan<char> text, int start)
    {
        if (text[start] == '\'' && start + 1 < text.Length && LowerContraction(text[(start + 1)..]) is > 0 and var length)
            return start + 1 + length;

        var classes = CharacterTable.At(text, start, out var width);
        var first = start;
        if (text[start] == ' ' && start + 1 < text.Length)
        {
            first = start + 1;
            classes = CharacterTable.At(text, first, out width);
        }

        if ((classes & CharacterClasses.Letter) != 0)
            return RunEnd(text, first + width, CharacterClasses.Letter);
        if ((classes & CharacterClasses.Number) != 0)
            return RunEnd(text, first + width, CharacterClasses.Number);
        if ((classes & CharacterClasses.WhiteSpace) == 0)
            return RunEndWithout(text, first + width, LetterNumberOrSpace);
        return WhiteSpaceEnd(text, start);
    }

    private static int LowerContraction(ReadOnlySpan<char> rest) => rest[0] switch
    {
        's' or 't' or 'm' or 'd' => 1,
        'r' or 'v' => rest.Length > 1 && rest[1] == 'e' ? 2 : 0,
        'l' => rest.Length > 1 && rest[1] == 'l' ? 2 : 0,
        _ => 0,
    };
}
