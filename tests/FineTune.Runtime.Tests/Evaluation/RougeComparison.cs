using System.Text.Json;
using FineTune.Evaluation;

namespace FineTune.Tests.Evaluation;

/// <summary>rouge.json and porter-stemmer.json.</summary>
internal static class RougeComparison
{
    public static void Compare(MetricCheck check, string list, JsonElement document, JsonElement test)
    {
        if (list == "bootstrap")
        {
            CompareBootstrap(check, test);
            return;
        }

        foreach (var (name, useStemmer) in new[] { ("plain", false), ("stemmed", true) })
        {
            var expected = test.GetProperty("expected").GetProperty(name);
            var got = Score(test, useStemmer);
            Close(check, $"{name} rouge1", expected.GetProperty("rouge1"), got.Rouge1);
            Close(check, $"{name} rouge2", expected.GetProperty("rouge2"), got.Rouge2);
            Close(check, $"{name} rouge3", expected.GetProperty("rouge3"), got.Rouge3);
            Close(check, $"{name} rougeL", expected.GetProperty("rougeL"), got.RougeL);
            Close(check, $"{name} rougeLsum", expected.GetProperty("rougeLsum"), got.RougeLsum);
        }
    }

    public static void CompareStem(MetricCheck check, string list, JsonElement document, JsonElement test) =>
        check.Exact.Equal("stem", test[1].GetString(), PorterStemmer.Stem(test[0].GetString()!));

    private static RougeScores Score(JsonElement test, bool useStemmer)
    {
        var prediction = test.GetProperty("prediction").GetString()!;
        return test.TryGetProperty("targets", out var targets)
            ? Rouge.ScoreBest([.. targets.EnumerateArray().Select(target => target.GetString()!)], prediction, useStemmer)
            : Rouge.Score(test.GetProperty("target").GetString()!, prediction, useStemmer);
    }

    private static void Close(MetricCheck check, string what, JsonElement expected, RougeScore got) =>
        check.Close(what, expected, got.Precision, got.Recall, got.FMeasure);

    private static void CompareBootstrap(MetricCheck check, JsonElement test)
    {
        var scores = test.GetProperty("scores").EnumerateArray().ToList();
        var samples = test.GetProperty("samples").EnumerateArray()
            .Select(sample => sample.EnumerateArray().Select(index => index.GetInt32()).ToList()).ToList();
        var expected = test.GetProperty("expected");
        for (var part = 0; part < 3; part++)
        {
            double[] values = [.. scores.Select(score => score[part].GetDouble())];
            var interval = BootstrapInterval.Of(values, samples, test.GetProperty("confidence_interval").GetDouble());
            check.Close("low", expected.GetProperty("low")[part], interval.Low);
            check.Close("mid", expected.GetProperty("mid")[part], interval.Median);
            check.Close("high", expected.GetProperty("high")[part], interval.High);
            check.Close("mean", expected.GetProperty("mean")[part], values.Average());
        }
    }
}
