using FineTune.Tokenization.Unicode;

namespace FineTune.Tokenization.PreTokenizers.Scanners;

/// <summary><see cref="SplitPatterns.Llama3"/> and <see cref="SplitPatterns.Qwen2"/>, which differ in the digits of a number.</summary>
internal sealed class Llama3Scanner(int digits) : WordScanner
{
    private const CharacterClasses LetterNumberOrSpace = CharacterClasses.Letter | CharacterClasses.Number | CharacterClasses.WhiteSpace;

    public static Llama3Scanner ThreeDigits { get; } = new(3);

    public static Llama3Scanner SingleDigits { get; } = new(1);

    public override int WordEnd(ReadOnlySpan<char> text, int start)
    {
        if (text[start] == '\'' && ContractionLength(text, start) is > 0 and var length)
            return start + length;

        var classes = CharacterTable.At(text, start, out var width);
        if ((classes & CharacterClasses.Letter) != 0)
            return RunEnd(text, start + width, CharacterClasses.Letter);
        if ((classes & CharacterClasses.Number) != 0)
            return NumberEnd(text, start, digits);

        // [^\r\n\p{L}\p{N}]?\p{L}+ with its first character.
        var next = start + width;
        if ((classes & CharacterClasses.NewLine) == 0 && next < text.Length
            && (CharacterTable.At(text, next, out var nextWidth) & CharacterClasses.Letter) != 0)
        {
            return RunEnd(text, next + nextWidth, CharacterClasses.Letter);
        }

        // ` ?[^\s\p{L}\p{N}]+[\r\n]*`
        var other = text[start] == ' ' ? next : start;
        if (other < text.Length && (CharacterTable.At(text, other, out var otherWidth) & LetterNumberOrSpace) == 0)
        {
            var end = RunEndWithout(text, other + otherWidth, LetterNumberOrSpace);
            return RunEnd(text, end, CharacterClasses.NewLine);
        }

        return LineOrWhiteSpaceEnd(text, start);
    }
}
