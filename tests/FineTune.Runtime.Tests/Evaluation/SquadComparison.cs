using System.Text.Json;
using FineTune.Evaluation.Metrics;

namespace FineTune.Tests.Evaluation;

/// <summary>squad.json.</summary>
internal static class SquadComparison
{
    public static void Compare(MetricCheck check, string list, JsonElement document, JsonElement test)
    {
        var questions = test.GetProperty("questions").EnumerateArray().Select(question => new SquadQuestion(
            [.. question.GetProperty("answers").EnumerateArray().Select(answer => answer.GetString()!)],
            question.GetProperty("prediction").GetString()!,
            question.GetProperty("no_answer_probability").GetDouble())).ToList();
        var expected = test.GetProperty("expected");
        var normalized = expected.GetProperty("normalized").EnumerateArray().ToList();
        foreach (var (question, texts) in questions.Zip(normalized))
        {
            check.Exact.SequenceEqual(
                "normalized",
                texts.EnumerateArray().Select(text => text.GetString()),
                [Squad.Normalize(question.Prediction), .. question.Answers.Select(Squad.Normalize)]);
        }

        double[] exact = [.. questions.Select(Squad.Exact)];
        double[] f1 = [.. questions.Select(Squad.F1)];
        check.Close("v2_exact", expected.GetProperty("v2_exact"), exact);
        check.Close("v2_f1", expected.GetProperty("v2_f1"), f1);
        check.Close("v1 exact", expected.GetProperty("v1").GetProperty("exact_match"), [.. questions.Select(question => Squad.Version1(question).Exact)]);
        check.Close("v1 f1", expected.GetProperty("v1").GetProperty("f1"), [.. questions.Select(question => Squad.Version1(question).F1)]);
        CompareTotals(check, expected.GetProperty("v2"), questions, exact, f1, test.GetProperty("threshold").GetDouble());
    }

    private static void CompareTotals(
        MetricCheck check, JsonElement expected, List<SquadQuestion> questions, double[] exact, double[] f1, double threshold)
    {
        foreach (var (prefix, where) in new (string, Func<SquadQuestion, bool>)[]
        {
            ("", _ => true), ("HasAns_", question => question.Answers.Count > 0), ("NoAns_", question => question.Answers.Count == 0),
        })
        {
            double Mean(double[] scores) => 100 * questions.Zip(scores).Where(pair => where(pair.First))
                .Average(pair => Squad.AtThreshold(pair.First, pair.Second, threshold));
            check.Close($"{prefix}exact", expected.GetProperty($"{prefix}exact"), Mean(exact));
            check.Close($"{prefix}f1", expected.GetProperty($"{prefix}f1"), Mean(f1));
            check.Close($"{prefix}total", expected.GetProperty($"{prefix}total"), questions.Count(where));
        }

        foreach (var (name, scores) in new[] { ("exact", exact), ("f1", f1) })
        {
            var (score, best) = Squad.BestThreshold(questions, scores);
            check.Close($"best_{name}", expected.GetProperty($"best_{name}"), score);
            check.Close($"best_{name}_thresh", expected.GetProperty($"best_{name}_thresh"), best);
        }
    }
}
