using System.Globalization;
using FineTune.Recipes;

namespace FineTune.Evaluation;

/// <summary>ROUGE F1 of one completion against the expected one, without stemming: the defaults of Google's rouge_score.</summary>
internal static class CompletionOverlap
{
    public static double Score(Metric metric, string expected, string got) => metric switch
    {
        Metric.Rouge1 => Ngrams(Words(expected), Words(got), 1),
        Metric.Rouge2 => Ngrams(Words(expected), Words(got), 2),
        Metric.RougeL => Subsequence(Words(expected), Words(got)),
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, null),
    };

    private static string[] Words(string text) => new string([.. text.ToLower(CultureInfo.InvariantCulture)
        .Select(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static double Ngrams(string[] expected, string[] got, int n)
    {
        var wanted = Count(expected, n);
        var found = Count(got, n);
        return F1(wanted.Sum(pair => Math.Min(pair.Value, found.GetValueOrDefault(pair.Key))), wanted.Values.Sum(), found.Values.Sum());
    }

    private static Dictionary<string, int> Count(string[] words, int n) =>
        Enumerable.Range(0, Math.Max(0, words.Length - n + 1)).GroupBy(i => string.Join(' ', words.Skip(i).Take(n))).ToDictionary(group => group.Key, group => group.Count());

    private static double Subsequence(string[] expected, string[] got)
    {
        var row = new int[got.Length + 1];
        foreach (var word in expected)
        {
            var diagonal = 0;
            for (var j = 1; j <= got.Length; j++)
                (row[j], diagonal) = (got[j - 1] == word ? diagonal + 1 : Math.Max(row[j], row[j - 1]), row[j]);
        }

        return F1(row[^1], expected.Length, got.Length);
    }

    private static double F1(int common, int expected, int got) => common == 0 ? 0 : 2.0 * common / (expected + got);
}
