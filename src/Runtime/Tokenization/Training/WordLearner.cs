namespace FineTune.Tokenization.Training;

/// <summary>Learns a word-level vocabulary: the special tokens, then the most frequent words, of equal counts in the order of code points.</summary>
internal static class WordLearner
{
    public static IReadOnlyList<string> Learn(IEnumerable<KeyValuePair<string, long>> words, MergeLearnerOptions options) =>
    [
        .. options.SpecialTokens.Concat(words.Where(pair => pair.Value >= options.MinimumFrequency && !options.SpecialTokens.Contains(pair.Key))
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Key)).Take(options.VocabularySize),
    ];
}
