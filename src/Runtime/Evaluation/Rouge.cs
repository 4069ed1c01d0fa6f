namespace FineTune.Evaluation;

/// <summary>ROUGE as Google's <c>rouge_score</c> computes it, score by score the same.</summary>
public static class Rouge
{
    /// <summary>Scores a prediction against a reference.</summary>
    /// <param name="target">The reference.</param>
    /// <param name="prediction">The prediction.</param>
    /// <param name="useStemmer">Whether words of more than three letters are compared by their stems (Porter).</param>
    public static RougeScores Score(string target, string prediction, bool useStemmer = false)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(prediction);
        var (targetWords, predictionWords) = (RougeTokenizer.Words(target, useStemmer), RougeTokenizer.Words(prediction, useStemmer));
        return new RougeScores(
            NGrams(targetWords, predictionWords, 1),
            NGrams(targetWords, predictionWords, 2),
            NGrams(targetWords, predictionWords, 3),
            LongestCommonSubsequence(targetWords, predictionWords),
            SummaryLevel(Lines(target, useStemmer), Lines(prediction, useStemmer)));
    }

    /// <summary>Scores a prediction against several references: for each type the one with the highest F-measure, the first of equals.</summary>
    /// <param name="targets">The references, at least one.</param>
    /// <param name="prediction">The prediction.</param>
    /// <param name="useStemmer">Whether words of more than three letters are compared by their stems (Porter).</param>
    public static RougeScores ScoreBest(IReadOnlyList<string> targets, string prediction, bool useStemmer = false)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentOutOfRangeException.ThrowIfZero(targets.Count, nameof(targets));
        var scores = targets.Select(target => Score(target, prediction, useStemmer)).ToList();
        // MaxBy keeps the first of equals.
        RougeScore Best(Func<RougeScores, RougeScore> type) => scores.Select(type).MaxBy(score => score.FMeasure);
        return new RougeScores(
            Best(score => score.Rouge1), Best(score => score.Rouge2), Best(score => score.Rouge3), Best(score => score.RougeL), Best(score => score.RougeLsum));
    }

    private static List<List<string>> Lines(string text, bool useStemmer) =>
        [.. text.Split('\n').Where(line => line.Length > 0).Select(line => RougeTokenizer.Words(line, useStemmer))];

    private static RougeScore NGrams(List<string> target, List<string> prediction, int length)
    {
        var targetCounts = CountNGrams(target, length);
        var predictionCounts = CountNGrams(prediction, length);
        var hits = targetCounts.Sum(pair => Math.Min(pair.Value, predictionCounts.GetValueOrDefault(pair.Key)));
        return RougeScore.Of(hits, Math.Max(0, target.Count - length + 1), Math.Max(0, prediction.Count - length + 1));
    }

    private static Dictionary<string, int> CountNGrams(List<string> words, int length)
    {
        var counts = new Dictionary<string, int>();
        for (var i = 0; i + length <= words.Count; i++)
        {
            // Words are letters and digits, so that a space keeps them apart.
            var key = string.Join(' ', words.GetRange(i, length));
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        return counts;
    }

    private static RougeScore LongestCommonSubsequence(List<string> target, List<string> prediction) =>
        target.Count == 0 || prediction.Count == 0
            ? default
            : RougeScore.Of(LengthTable(target, prediction)[target.Count, prediction.Count], target.Count, prediction.Count);

    private static RougeScore SummaryLevel(List<List<string>> target, List<List<string>> prediction)
    {
        var targetLeft = CountNGrams([.. target.SelectMany(line => line)], 1);
        var predictionLeft = CountNGrams([.. prediction.SelectMany(line => line)], 1);
        var (targetCount, predictionCount) = (target.Sum(line => line.Count), prediction.Sum(line => line.Count));
        if (targetCount == 0 || predictionCount == 0)
            return default;

        var hits = 0;
        foreach (var line in target)
        {
            // Every word counts at most as often as it occurs on either side.
            foreach (var word in prediction.SelectMany(other => CommonIndices(line, other)).Distinct().Order().Select(index => line[index]))
            {
                if (targetLeft.GetValueOrDefault(word) <= 0 || predictionLeft.GetValueOrDefault(word) <= 0)
                    continue;
                hits++;
                targetLeft[word]--;
                predictionLeft[word]--;
            }
        }

        return RougeScore.Of(hits, targetCount, predictionCount);
    }

    /// <summary>The places in the target of one longest common subsequence: which one matters for the union.</summary>
    private static List<int> CommonIndices(List<string> target, List<string> prediction)
    {
        var lengths = LengthTable(target, prediction);
        var indices = new List<int>();
        for (var (i, j) = (target.Count, prediction.Count); i > 0 && j > 0;)
        {
            if (target[i - 1] == prediction[j - 1])
            {
                indices.Add(--i);
                j--;
            }
            else if (lengths[i, j - 1] > lengths[i - 1, j])
            {
                j--;
            }
            else
            {
                i--;
            }
        }

        return indices;
    }

    /// <summary>The length of the longest common subsequence of every pair of prefixes.</summary>
    private static int[,] LengthTable(List<string> target, List<string> prediction)
    {
        var lengths = new int[target.Count + 1, prediction.Count + 1];
        for (var i = 1; i <= target.Count; i++)
        {
            for (var j = 1; j <= prediction.Count; j++)
            {
                lengths[i, j] = target[i - 1] == prediction[j - 1]
                    ? lengths[i - 1, j - 1] + 1
                    : Math.Max(lengths[i - 1, j], lengths[i, j - 1]);
            }
        }

        return lengths;
    }
}
