using System.Text.Json;
using FineTune.Evaluation.Metrics;

namespace FineTune.Tests.Evaluation;

/// <summary>Language modelling, pass@k, calibration, retrieval, agreement, ratings and SQuAD.</summary>
internal static class SmallMetricComparison
{
    public static void LanguageModelling(MetricCheck check, string list, JsonElement document, JsonElement test)
    {
        var expected = test.GetProperty("expected");
        if (list == "multiple_choice")
        {
            Picks(check, test, expected.GetProperty("acc"), _ => 1);
            Picks(check, test, expected.GetProperty("acc_norm"), choice => choice.EnumerateRunes().Count());
            Picks(check, test, expected.GetProperty("acc_bytes"), System.Text.Encoding.UTF8.GetByteCount);
            return;
        }

        var documents = test.GetProperty("documents").EnumerateArray()
            .Select(entry => (entry.GetProperty("text").GetString()!, (IReadOnlyList<double>)Numbers(entry.GetProperty("token_logprobs")))).ToList();
        var got = FineTune.Evaluation.Metrics.LanguageModelling.Of(documents);
        check.Close("tokens", expected.GetProperty("tokens"), got.Tokens);
        check.Close("words", expected.GetProperty("words"), got.Words);
        check.Close("bytes", expected.GetProperty("bytes"), got.Bytes);
        check.Close("loss", expected.GetProperty("mean_token_nll"), got.MeanTokenLoss);
        check.Close("token perplexity", expected.GetProperty("token_perplexity"), got.TokenPerplexity);
        check.Close("word perplexity", expected.GetProperty("word_perplexity"), got.WordPerplexity);
        check.Close("byte perplexity", expected.GetProperty("byte_perplexity"), got.BytePerplexity);
        check.Close("bits per byte", expected.GetProperty("bits_per_byte"), got.BitsPerByte);
        var mean = documents.Average(entry => FineTune.Evaluation.Metrics.LanguageModelling.Of([entry]).TokenPerplexity);
        check.Close("mean of documents", expected.GetProperty("mean_of_document_perplexities"), mean);
    }

    public static void PassAtK(MetricCheck check, string list, JsonElement document, JsonElement test)
    {
        var (k, expected) = (test.GetProperty("k").GetInt32(), test.GetProperty("expected"));
        var problems = test.GetProperty("problems").EnumerateArray().Select(problem => (problem[0].GetInt32(), problem[1].GetInt32())).ToList();
        double[] got = [.. problems.Select(problem => FineTune.Evaluation.Metrics.PassAtK.Any(problem.Item1, problem.Item2, k))];
        check.Close("per problem", expected.GetProperty("per_problem"), got);
        check.Close("mean", expected.GetProperty("mean"), got.Average());
        var all = problems.Average(problem => FineTune.Evaluation.Metrics.PassAtK.All(problem.Item1, problem.Item2, k));
        check.Close("pass^k", expected.GetProperty("pass_hat_k"), all);
    }

    public static void Calibration(MetricCheck check, string list, JsonElement document, JsonElement test)
    {
        var bins = test.GetProperty("bins").GetInt32();
        var predictions = Numbers(test.GetProperty("confidences"))
            .Zip(Numbers(test.GetProperty("correct")), (confidence, correct) => (confidence, correct == 1)).ToList();
        foreach (var (name, got) in new[]
        {
            ("equal_width", FineTune.Evaluation.Metrics.Calibration.EqualWidth(predictions, bins)),
            ("equal_mass", FineTune.Evaluation.Metrics.Calibration.EqualMass(predictions, bins)),
        })
        {
            var expected = test.GetProperty("expected").GetProperty(name);
            check.Close($"{name} ece", expected.GetProperty("ece"), got.ExpectedError);
            check.Close($"{name} mce", expected.GetProperty("mce"), got.MaximumError);
            var wanted = expected.GetProperty("bins").EnumerateArray().ToList();
            check.Exact.SequenceEqual($"{name} counts", wanted.Select(bin => bin.GetProperty("count").GetInt32()), got.Bins.Select(bin => bin.Count));
            foreach (var (bin, result) in wanted.Zip(got.Bins))
            {
                check.Close($"{name} confidence", bin.GetProperty("confidence"), result.Confidence);
                check.Close($"{name} accuracy", bin.GetProperty("accuracy"), result.Accuracy);
            }
        }

        check.Close("brier", test.GetProperty("expected").GetProperty("brier"), FineTune.Evaluation.Metrics.Calibration.Brier(predictions));
    }

    public static void Retrieval(MetricCheck check, string list, JsonElement document, JsonElement test)
    {
        var queries = test.GetProperty("queries").EnumerateArray()
            .Select(query => new Retrieval(Numbers(query.GetProperty("scores")), Numbers(query.GetProperty("relevance")))).ToList();
        foreach (var metric in test.GetProperty("expected").GetProperty("per_query").EnumerateObject())
        {
            double[] got = [.. queries.Select(query => Measure(query, metric.Name))];
            check.Close(metric.Name, metric.Value, got);
            check.Close($"mean {metric.Name}", test.GetProperty("expected").GetProperty("mean").GetProperty(metric.Name), got.Average());
        }
    }

    public static void Agreement(MetricCheck check, string list, JsonElement document, JsonElement test)
    {
        foreach (var expected in test.GetProperty("expected").EnumerateObject())
            check.Close(expected.Name, expected.Value, Agreement(test, expected.Name));
    }

    public static void Ratings(MetricCheck check, string list, JsonElement document, JsonElement test)
    {
        string[] models = [.. test.GetProperty("models").EnumerateArray().Select(model => model.GetString()!)];
        var games = test.GetProperty("games").EnumerateArray().Select(game => (game[0].GetString()!, game[1].GetString()!, game[2].GetDouble())).ToList();
        var elo = FineTune.Evaluation.Metrics.Ratings.Elo(models, games, test.GetProperty("k_factor").GetDouble());
        var thetas = FineTune.Evaluation.Metrics.Ratings.BradleyTerry(models, games);
        var expected = test.GetProperty("expected");
        var bradleyTerry = expected.GetProperty("bradley_terry");
        foreach (var model in models)
        {
            check.Close($"elo {model}", expected.GetProperty("elo").GetProperty(model), elo[model]);
            check.Close($"theta {model}", bradleyTerry.GetProperty("theta").GetProperty(model), thetas[model]);
            check.Close($"rating {model}", bradleyTerry.GetProperty("rating").GetProperty(model), FineTune.Evaluation.Metrics.Ratings.ToElo(thetas[model]));
        }

        check.Close("log likelihood", bradleyTerry.GetProperty("log_likelihood"), FineTune.Evaluation.Metrics.Ratings.LogLikelihood(thetas, games));
    }

    private static double Agreement(JsonElement test, string metric)
    {
        if (metric.StartsWith("cohen", StringComparison.Ordinal))
        {
            int[] Labels(string key) => [.. test.GetProperty(key).EnumerateArray().Select(label => label.GetInt32())];
            return FineTune.Evaluation.Metrics.Agreement.Cohen(Labels("first"), Labels("second"), metric switch
            {
                "cohen_kappa_unweighted" => distance => distance == 0 ? 0 : 1,
                "cohen_kappa_linear" => distance => distance,
                _ => distance => distance * distance,
            });
        }

        List<IReadOnlyList<int?>> ratings = [.. test.GetProperty("ratings").EnumerateArray().Select(rater => (IReadOnlyList<int?>)
            [.. rater.EnumerateArray().Select(label => label.ValueKind == JsonValueKind.Null ? (int?)null : (int)label.GetDouble())])];
        return metric switch
        {
            "fleiss_kappa" => FineTune.Evaluation.Metrics.Agreement.Fleiss(
                [.. ratings.Select(rater => (IReadOnlyList<int>)[.. rater.Select(label => label!.Value)])]),
            "krippendorff_nominal" => FineTune.Evaluation.Metrics.Agreement.Krippendorff(ratings, FineTune.Evaluation.Metrics.Agreement.NominalDifference),
            "krippendorff_ordinal" => FineTune.Evaluation.Metrics.Agreement.Krippendorff(ratings, FineTune.Evaluation.Metrics.Agreement.OrdinalDifference),
            "krippendorff_interval" => FineTune.Evaluation.Metrics.Agreement.Krippendorff(ratings, FineTune.Evaluation.Metrics.Agreement.IntervalDifference),
            "krippendorff_ratio" => FineTune.Evaluation.Metrics.Agreement.Krippendorff(ratings, FineTune.Evaluation.Metrics.Agreement.RatioDifference),
            _ => throw new NotSupportedException(metric),
        };
    }

    private static double Measure(Retrieval query, string metric)
    {
        var parts = metric.Split('@');
        var k = parts.Length > 1 ? int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) : 0;
        return parts[0] switch
        {
            "reciprocal_rank" => query.ReciprocalRank,
            "average_precision" => query.AveragePrecision,
            "recall" => query.Recall(k),
            "precision" => query.Precision(k),
            "hit" => query.Hit(k),
            "ndcg_linear" => query.NormalizedGain(k, isExponential: false),
            "ndcg_exponential" => query.NormalizedGain(k, isExponential: true),
            _ => throw new NotSupportedException(metric),
        };
    }

    private static void Picks(MetricCheck check, JsonElement test, JsonElement expected, Func<string, int> length)
    {
        var questions = test.GetProperty("questions").EnumerateArray().ToList();
        int[] picks = [.. questions.Select(question => FineTune.Evaluation.Metrics.LanguageModelling.Pick(
            [.. question.GetProperty("choices").EnumerateArray().Select(choice => choice.GetString()!)], Numbers(question.GetProperty("logprobs")), length))];
        check.Exact.SequenceEqual("picks", expected.GetProperty("picks").EnumerateArray().Select(pick => pick.GetInt32()), picks);
        var accuracy = questions.Zip(picks).Average(pair => pair.First.GetProperty("gold").GetInt32() == pair.Second ? 1.0 : 0.0);
        check.Close("accuracy", expected.GetProperty("accuracy"), accuracy);
    }

    private static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(number => number.GetDouble())];
}
