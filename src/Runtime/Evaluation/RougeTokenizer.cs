using System.Text;

namespace FineTune.Evaluation;

/// <summary>The words that ROUGE compares: runs of a to z and 0 to 9 in the lower-cased text.</summary>
internal static class RougeTokenizer
{
    private const int LongestUnstemmed = 3;

    public static List<string> Words(string text, bool useStemmer)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var unit in text)
        {
            // Python lower-cases the Kelvin sign to k, and İ to i with a combining dot, which ends the word.
            var lower = unit switch
            {
                >= 'A' and <= 'Z' => (char)(unit | 0x20),
                '\u212A' => 'k',
                '\u0130' => 'i',
                _ => unit,
            };
            if (lower is (>= 'a' and <= 'z') or (>= '0' and <= '9'))
                word.Append(lower);
            if (lower is not ((>= 'a' and <= 'z') or (>= '0' and <= '9')) || unit == '\u0130')
                Complete(word, words, useStemmer);
        }

        Complete(word, words, useStemmer);
        return words;
    }

    private static void Complete(StringBuilder word, List<string> words, bool useStemmer)
    {
        if (word.Length == 0)
            return;
        var text = word.ToString();
        words.Add(useStemmer && text.Length > LongestUnstemmed ? PorterStemmer.Stem(text) : text);
        word.Clear();
    }
}
