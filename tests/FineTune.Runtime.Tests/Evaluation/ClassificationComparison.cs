using System.Text.Json;
using FineTune.Evaluation.Metrics;

namespace FineTune.Tests.Evaluation;

/// <summary>classification.json.</summary>
internal static class ClassificationComparison
{
    public static void Compare(MetricCheck check, string list, JsonElement document, JsonElement test)
    {
        switch (test.GetProperty("kind").GetString())
        {
            case "classification":
                CompareClasses(check, test);
                break;
            case "multilabel":
                CompareMultilabel(check, test);
                break;
            case "scores" when test.GetProperty("scores")[0].ValueKind == JsonValueKind.Array:
                CompareProbabilities(check, test);
                break;
            case "scores":
                CompareScores(check, test);
                break;
            case "regression":
                CompareRegression(check, test);
                break;
            case var other:
                throw new NotSupportedException(other);
        }
    }

    private static void CompareClasses(MetricCheck check, JsonElement test)
    {
        List<string> target = [.. test.GetProperty("target").EnumerateArray().Select(label => label.ToString())];
        List<string> prediction = [.. test.GetProperty("prediction").EnumerateArray().Select(label => label.ToString())];
        // Labels are one digit or a name: both sort by code point.
        var labels = target.Concat(prediction).Distinct().Order(StringComparer.Ordinal).ToList();
        var got = new ClassificationReport(
            [.. target.Select(label => labels.IndexOf(label))], [.. prediction.Select(label => labels.IndexOf(label))], labels.Count);
        var expected = test.GetProperty("expected");
        check.Exact.SequenceEqual("labels", expected.GetProperty("labels").EnumerateArray().Select(label => label.ToString()), labels);
        check.Close("accuracy", expected.GetProperty("accuracy"), got.Accuracy);
        check.Close("balanced accuracy", expected.GetProperty("balanced_accuracy"), got.BalancedAccuracy);
        check.Close("matthews", expected.GetProperty("matthews"), got.Matthews);
        check.Close("kappa", expected.GetProperty("cohen_kappa"), got.CohenKappa);
        var confusion = expected.GetProperty("confusion_matrix").EnumerateArray().SelectMany(row => row.EnumerateArray().Select(count => count.GetInt32()));
        check.Exact.SequenceEqual("confusion", confusion, got.Confusion.Cast<int>());
        check.Close("f2", expected.GetProperty("f2_macro"), got.Scores.Average(score => score.F(2, 0)));
        check.Close("f0.5", expected.GetProperty("f05_macro"), got.Scores.Average(score => score.F(0.5, 0)));
        var kept = test.TryGetProperty("labels", out var given)
            ? given.EnumerateArray().Select(label => got.Scores[labels.IndexOf(label.ToString())]).ToList()
            : [.. got.Scores];
        foreach (var zeroDivision in new[] { 0, 1 })
        {
            Close(check, expected.GetProperty($"micro_zero_division_{zeroDivision}"), ClassAverages.Micro(kept, zeroDivision));
            Close(check, expected.GetProperty($"macro_zero_division_{zeroDivision}"), ClassAverages.Macro(kept, zeroDivision));
            Close(check, expected.GetProperty($"weighted_zero_division_{zeroDivision}"), ClassAverages.Weighted(kept, zeroDivision));
            var classes = expected.GetProperty($"per_class_zero_division_{zeroDivision}");
            check.Close("precision", classes.GetProperty("precision"), [.. kept.Select(score => score.Precision(zeroDivision))]);
            check.Close("recall", classes.GetProperty("recall"), [.. kept.Select(score => score.Recall(zeroDivision))]);
            check.Close("f1", classes.GetProperty("f1"), [.. kept.Select(score => score.F(1, zeroDivision))]);
            check.Close("support", classes.GetProperty("support"), [.. kept.Select(score => (double)score.Support)]);
        }
    }

    private static void CompareMultilabel(MetricCheck check, JsonElement test)
    {
        bool[][] Rows(string key) =>
            [.. test.GetProperty(key).EnumerateArray().Select(row => row.EnumerateArray().Select(flag => flag.GetInt32() == 1).ToArray())];
        var (target, prediction) = (Rows("target"), Rows("prediction"));
        ClassScore Score(IEnumerable<(bool First, bool Second)> pairs) => pairs.Aggregate(default(ClassScore), (sum, pair) => sum
            + new ClassScore(pair.First && pair.Second ? 1 : 0, pair.Second ? 1 : 0, pair.First ? 1 : 0));
        List<ClassScore> labels = [.. Enumerable.Range(0, target[0].Length)
            .Select(label => Score(target.Zip(prediction, (wanted, got) => (wanted[label], got[label]))))];
        List<ClassScore> samples = [.. target.Zip(prediction, (wanted, got) => Score(wanted.Zip(got)))];
        var expected = test.GetProperty("expected");
        var equal = target.Zip(prediction, (wanted, got) => wanted.SequenceEqual(got) ? 1.0 : 0.0).Average();
        var wrong = target.Zip(prediction).SelectMany(row => row.First.Zip(row.Second)).Average(pair => pair.First == pair.Second ? 0.0 : 1.0);
        check.Close("subset accuracy", expected.GetProperty("subset_accuracy"), equal);
        check.Close("hamming loss", expected.GetProperty("hamming_loss"), wrong);
        Close(check, expected.GetProperty("micro"), ClassAverages.Micro(labels, 0));
        Close(check, expected.GetProperty("macro"), ClassAverages.Macro(labels, 0));
        Close(check, expected.GetProperty("weighted"), ClassAverages.Weighted(labels, 0));
        Close(check, expected.GetProperty("samples"), ClassAverages.Macro(samples, 0));
    }

    private static void CompareScores(MetricCheck check, JsonElement test)
    {
        var items = test.GetProperty("target").EnumerateArray()
            .Zip(test.GetProperty("scores").EnumerateArray(), (label, score) => (label.GetInt32() == 1, score.GetDouble())).ToList();
        var ranking = new BinaryRanking(items);
        var expected = test.GetProperty("expected");
        check.Close("roc auc", expected.GetProperty("roc_auc"), ranking.Area);
        check.Close("average precision", expected.GetProperty("average_precision"), ranking.AveragePrecision);
        check.Close("partial roc auc", expected.GetProperty("roc_auc_max_fpr_half"), ranking.StandardizedArea(0.5));
        check.Close("log loss", expected.GetProperty("log_loss"), items.Average(item => -Math.Log(item.Item1 ? item.Item2 : 1 - item.Item2)));
        check.Close("brier", expected.GetProperty("brier"), Calibration.Brier([.. items.Select(item => (item.Item2, item.Item1))]));
    }

    private static void CompareProbabilities(MetricCheck check, JsonElement test)
    {
        var got = new MulticlassRanking(
            [.. test.GetProperty("target").EnumerateArray().Select(label => label.GetInt32())],
            [
                .. test.GetProperty("scores").EnumerateArray()
                    .Select(row => (IReadOnlyList<double>)[.. row.EnumerateArray().Select(score => score.GetDouble())]),
            ]);
        var expected = test.GetProperty("expected");
        check.Close("ovr macro", expected.GetProperty("roc_auc_ovr_macro"), got.OneAgainstRest(isWeighted: false));
        check.Close("ovr weighted", expected.GetProperty("roc_auc_ovr_weighted"), got.OneAgainstRest(isWeighted: true));
        check.Close("ovo macro", expected.GetProperty("roc_auc_ovo_macro"), got.OneAgainstOne(isWeighted: false));
        check.Close("ovo weighted", expected.GetProperty("roc_auc_ovo_weighted"), got.OneAgainstOne(isWeighted: true));
        check.Close("log loss", expected.GetProperty("log_loss"), got.LogLoss);
        check.Close("top 2", expected.GetProperty("top_2_accuracy"), got.TopAccuracy(2));
    }

    private static void CompareRegression(MetricCheck check, JsonElement test)
    {
        double[] Numbers(string key) => [.. test.GetProperty(key).EnumerateArray().Select(number => number.GetDouble())];
        var (target, prediction, expected) = (Numbers("target"), Numbers("prediction"), test.GetProperty("expected"));
        check.Close("pearson", expected.GetProperty("pearson"), Regression.Pearson(target, prediction));
        check.Close("spearman", expected.GetProperty("spearman"), Regression.Spearman(target, prediction));
        check.Close("kendall", expected.GetProperty("kendall_tau_b"), Regression.KendallTauB(target, prediction));
        check.Close("mse", expected.GetProperty("mse"), Regression.MeanSquaredError(target, prediction));
        check.Close("mae", expected.GetProperty("mae"), Regression.MeanAbsoluteError(target, prediction));
        check.Close("r2", expected.GetProperty("r2"), Regression.R2(target, prediction));
    }

    private static void Close(MetricCheck check, JsonElement expected, ClassAverages got)
    {
        check.Close("precision", expected.GetProperty("precision"), got.Precision);
        check.Close("recall", expected.GetProperty("recall"), got.Recall);
        check.Close("f1", expected.GetProperty("f1"), got.F1);
    }
}
