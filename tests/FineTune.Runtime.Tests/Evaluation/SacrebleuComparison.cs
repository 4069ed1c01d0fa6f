using System.Text.Json;
using FineTune.Evaluation.Metrics;

namespace FineTune.Tests.Evaluation;

/// <summary>sacrebleu.json: BLEU, chrF and the tokenizers.</summary>
internal static class SacrebleuComparison
{
    /// <summary>What a case needs beyond the file: its metric.</summary>
    public static string? Feature(JsonElement test) =>
        test.ValueKind == JsonValueKind.Object && test.TryGetProperty("metric", out var metric) ? $"sacrebleu:{metric.GetString()}" : null;

    public static void Compare(MetricCheck check, string list, JsonElement document, JsonElement test)
    {
        if (list == "tokenized")
        {
            foreach (var name in new[] { "13a", "intl", "char", "zh", "none" })
                check.Exact.Equal(name, test.GetProperty(name).GetString(), BleuTokenizer.Tokenize(name, test.GetProperty("text").GetString()!));
            return;
        }

        var corpus = document.GetProperty("corpora").GetProperty(test.GetProperty("corpus").GetString()!);
        string[] hypotheses = Texts(corpus.GetProperty("hypotheses"));
        var streams = corpus.GetProperty("references").EnumerateArray().Select(Texts).ToList();
        List<IReadOnlyList<string>> references = [.. hypotheses.Select((_, index) => (IReadOnlyList<string>)[.. streams.Select(stream => stream[index])])];
        if (test.GetProperty("metric").GetString() == "bleu")
            CompareBleu(check, test, hypotheses, references, streams.Count);
        else
            CompareChrF(check, test, hypotheses, references, streams.Count);
    }

    private static void CompareBleu(MetricCheck check, JsonElement test, string[] hypotheses, List<IReadOnlyList<string>> references, int streams)
    {
        var (given, expected) = (test.GetProperty("options"), test.GetProperty("expected"));
        var options = new BleuOptions
        {
            Lowercase = Flag(given, "lowercase"),
            Tokenize = given.TryGetProperty("tokenize", out var tokenize) ? tokenize.GetString()! : "13a",
            Smoothing = given.TryGetProperty("smooth_method", out var smoothing) ? smoothing.GetString()! : "exp",
            SmoothingValue = given.TryGetProperty("smooth_value", out var value) ? value.GetDouble() : null,
            MaxOrder = Number(given, "max_ngram_order", 4),
            EffectiveOrder = Flag(given, "effective_order"),
        };
        var got = Bleu.Of(hypotheses, references, options);
        check.Close("score", expected.GetProperty("score"), got.Score);
        check.Close("bp", expected.GetProperty("bp"), got.BrevityPenalty);
        check.Close("counts", expected.GetProperty("counts"), got.Matches);
        check.Close("totals", expected.GetProperty("totals"), got.Totals);
        check.Close("precisions", expected.GetProperty("precisions"), got.Precisions);
        check.Close("length", expected.GetProperty("sys_len"), got.Length);
        check.Close("reference length", expected.GetProperty("ref_len"), got.ReferenceLength);
        check.Exact.Equal("signature", expected.GetProperty("signature").GetString(), options.Signature(streams));
        if (expected.TryGetProperty("sentence_scores", out var sentences))
            check.Close("sentences", sentences, [.. hypotheses.Select((text, index) => Bleu.Of([text], [references[index]], options).Score)]);
    }

    private static void CompareChrF(MetricCheck check, JsonElement test, string[] hypotheses, List<IReadOnlyList<string>> references, int streams)
    {
        var (given, expected) = (test.GetProperty("options"), test.GetProperty("expected"));
        var options = new ChrFOptions
        {
            CharacterOrder = Number(given, "char_order", 6),
            WordOrder = Number(given, "word_order", 0),
            Beta = Number(given, "beta", 2),
            Lowercase = Flag(given, "lowercase"),
            Whitespace = Flag(given, "whitespace"),
            EpsilonSmoothing = Flag(given, "eps_smoothing"),
        };
        check.Close("score", expected.GetProperty("score"), ChrF.Score(hypotheses, references, options));
        check.Exact.Equal("signature", expected.GetProperty("signature").GetString(), options.Signature(streams));
        check.Exact.Equal("name", expected.GetProperty("name").GetString(), options.Name);
        if (expected.TryGetProperty("sentence_scores", out var sentences))
            check.Close("sentences", sentences, [.. hypotheses.Select((text, index) => ChrF.Score([text], [references[index]], options))]);
    }

    private static string[] Texts(JsonElement list) => [.. list.EnumerateArray().Select(text => text.GetString()!)];

    private static bool Flag(JsonElement options, string key) => options.TryGetProperty(key, out var flag) && flag.ValueKind == JsonValueKind.True;

    private static int Number(JsonElement options, string key, int fallback) => options.TryGetProperty(key, out var number) ? number.GetInt32() : fallback;
}
