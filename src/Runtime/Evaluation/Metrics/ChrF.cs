namespace FineTune.Evaluation.Metrics;

/// <summary>chrF, the F-measure of character n-grams (Popović 2015), as sacrebleu computes it.</summary>
internal static class ChrF
{
    private const double Epsilon = 1e-16;

    /// <summary>The score of texts together, from 0 to 100: each counts with its best reference.</summary>
    public static double Score(IReadOnlyList<string> hypotheses, IReadOnlyList<IReadOnlyList<string>> references, ChrFOptions options)
    {
        var total = new Match[options.CharacterOrder + options.WordOrder];
        foreach (var (hypothesis, texts) in hypotheses.Zip(references))
        {
            var grams = Grams(hypothesis, options);
            var best = texts.Select(text => Matches(grams, Grams(text, options))).MaxBy(matches => F(matches, options))!;
            for (var order = 0; order < total.Length; order++)
                total[order] += best[order];
        }

        return F(total, options);
    }

    private static Match[] Matches(List<Dictionary<string, int>> hypothesis, List<Dictionary<string, int>> reference) =>
        [.. hypothesis.Zip(reference, (own, other) => new Match(
            // Without a reference n-gram of this order nothing could match.
            other.Count == 0 ? 0 : own.Values.Sum(), other.Values.Sum(), own.Sum(pair => Math.Min(pair.Value, other.GetValueOrDefault(pair.Key)))))];

    private static double F(Match[] matches, ChrFOptions options)
    {
        double factor = options.Beta * options.Beta;
        var (smoothed, precisions, recalls, orders) = (0.0, 0.0, 0.0, 0);
        foreach (var (own, reference, common) in matches)
        {
            var precision = own > 0 ? common / (double)own : Epsilon;
            var recall = reference > 0 ? common / (double)reference : Epsilon;
            var denominator = factor * precision + recall;
            smoothed += denominator > 0 ? (1 + factor) * precision * recall / denominator : Epsilon;
            if (own > 0 && reference > 0)
                (precisions, recalls, orders) = (precisions + precision, recalls + recall, orders + 1);
        }

        if (options.EpsilonSmoothing)
            return 100 * smoothed / matches.Length;
        if (orders == 0 || precisions + recalls == 0)
            return 0;
        (precisions, recalls) = (precisions / orders, recalls / orders);
        return 100 * (1 + factor) * precisions * recalls / (factor * precisions + recalls);
    }

    private static List<Dictionary<string, int>> Grams(string text, ChrFOptions options)
    {
        if (options.Lowercase)
            text = text.ToLowerInvariant();
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        string[] characters = [.. (options.Whitespace ? text : string.Concat(words)).EnumerateRunes().Select(rune => rune.ToString())];
        string[] separated = [.. words.SelectMany(SeparatePunctuation)];
        return
        [
            .. Enumerable.Range(1, options.CharacterOrder).Select(order => NGrams.Count(characters, order)),
            .. Enumerable.Range(1, options.WordOrder).Select(order => NGrams.Count(separated, order)),
        ];
    }

    /// <summary>One ASCII punctuation mark at the end of a word is a word of its own, or else one at the start.</summary>
    private static IEnumerable<string> SeparatePunctuation(string word)
    {
        if (word.EnumerateRunes().Count() == 1)
            return [word];
        return IsPunctuation(word[^1]) ? [word[..^1], word[^1..]] : IsPunctuation(word[0]) ? [word[..1], word[1..]] : [word];
    }

    private static bool IsPunctuation(char unit) => char.IsAscii(unit) && (char.IsPunctuation(unit) || char.IsSymbol(unit));

    private readonly record struct Match(int Own, int Reference, int Common)
    {
        public static Match operator +(Match left, Match right) =>
            new(left.Own + right.Own, left.Reference + right.Reference, left.Common + right.Common);
    }
}
