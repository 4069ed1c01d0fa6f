using System.Text.RegularExpressions;

namespace FineTune.Evaluation.Metrics;

/// <summary>Exact match and token F1 of extracted answers, as the official scripts of SQuAD compute them.</summary>
internal static partial class Squad
{
    /// <summary>Lower case, without ASCII punctuation, articles and surplus white space.</summary>
    public static string Normalize(string text)
    {
        var kept = string.Concat(text.ToLowerInvariant().Where(unit => !char.IsAscii(unit) || !(char.IsPunctuation(unit) || char.IsSymbol(unit))));
        return string.Join(' ', Articles().Replace(kept, " ").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>1 if the prediction is one of the answers; for a question without one if it is empty.</summary>
    public static double Exact(SquadQuestion question) =>
        Answers(question).Max(answer => Normalize(answer) == Normalize(question.Prediction) ? 1.0 : 0.0);

    /// <summary>The best F1 of common words over the answers; two empty texts have 1.</summary>
    public static double F1(SquadQuestion question) => Answers(question).Max(answer => F1(answer, question.Prediction, bothEmpty: 1));

    /// <summary>Exact match and F1 of version 1.1, which knows no empty answers; NaN without answers.</summary>
    public static (double Exact, double F1) Version1(SquadQuestion question) => question.Answers.Count == 0
        ? (double.NaN, double.NaN)
        : (question.Answers.Max(answer => Normalize(answer) == Normalize(question.Prediction) ? 1.0 : 0.0),
            question.Answers.Max(answer => F1(answer, question.Prediction, bothEmpty: 0)));

    /// <summary>A score with the prediction taken as empty where the probability of no answer exceeds the threshold.</summary>
    public static double AtThreshold(SquadQuestion question, double score, double threshold) =>
        question.NoAnswerProbability > threshold ? question.Answers.Count == 0 ? 1 : 0 : score;

    /// <summary>The threshold with the highest total, and the mean score there in percent.</summary>
    public static (double Score, double Threshold) BestThreshold(IReadOnlyList<SquadQuestion> questions, IReadOnlyList<double> scores)
    {
        double current = questions.Count(question => question.Answers.Count == 0);
        var (best, threshold) = (current, 0.0);
        foreach (var (question, score) in questions.Zip(scores).OrderBy(pair => pair.First.NoAnswerProbability))
        {
            current += question.Answers.Count > 0 ? score : question.Prediction.Length > 0 ? -1 : 0;
            if (current > best)
                (best, threshold) = (current, question.NoAnswerProbability);
        }

        return (100 * best / questions.Count, threshold);
    }

    private static List<string> Answers(SquadQuestion question)
    {
        var answers = question.Answers.Where(answer => Normalize(answer).Length > 0).ToList();
        return answers.Count > 0 ? answers : [""];
    }

    private static double F1(string answer, string prediction, double bothEmpty)
    {
        var (expected, got) = (Words(answer), Words(prediction));
        if (expected.Length == 0 || got.Length == 0)
            return expected.Length == got.Length ? bothEmpty : 0;
        var counts = expected.GroupBy(word => word).ToDictionary(group => group.Key, group => group.Count());
        var common = got.GroupBy(word => word).Sum(group => Math.Min(group.Count(), counts.GetValueOrDefault(group.Key)));
        return 2.0 * common / (expected.Length + got.Length);
    }

    private static string[] Words(string text) => Normalize(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"\b(a|an|the)\b")]
    private static partial Regex Articles();
}
