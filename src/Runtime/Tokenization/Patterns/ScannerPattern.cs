using FineTune.Tokenization.PreTokenizers.Scanners;

namespace FineTune.Tokenization.Patterns;

/// <summary>A well-known split pattern, scanned without a regular expression.</summary>
internal sealed class ScannerPattern(WordScanner scanner) : ITextPattern
{
    public WordScanner Scanner { get; } = scanner;

    public IReadOnlyList<(int Start, int End)> Matches(string text)
    {
        var matches = new List<(int, int)>();
        for (var start = 0; start < text.Length;)
        {
            var end = Scanner.WordEnd(text, start);
            matches.Add((start, end));
            start = end;
        }

        return matches;
    }
}
