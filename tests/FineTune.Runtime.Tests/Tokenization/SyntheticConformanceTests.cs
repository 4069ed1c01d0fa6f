using System.Text.Json;
using FineTune.Tests.Conformance;
using FineTune.Tokenization;
using FineTune.Tokenization.Reading;

namespace FineTune.Tests.Tokenization;

public sealed class SyntheticConformanceTests(ConformanceReport report)
{
    public static TheoryData<string?> Cases => CaseRows.Of(TokenizerCases.Folders("synthetic", "expected.json"));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Synthetic(string? id)
    {
        CaseRows.SkipIfNone(id);
        var test = TokenizerCases.Read($"synthetic/{id}/expected.json");
        var path = Path.Combine(TokenizerCases.Folder!, "synthetic", id, "tokenizer.json");
        ConformanceRun.Check(report, TokenizerCases.Area, $"synthetic/{id}", TokenizerFeatures.Of(path), check =>
        {
            var tokenizer = new Tokenizer(TokenizerJson.Read(path), TokenizerConfig.Create([]));
            foreach (var text in test.GetProperty("texts").EnumerateArray())
                CompareText(check, tokenizer, text);
            foreach (var pair in test.GetProperty("pairs").EnumerateArray())
                ComparePair(check, tokenizer, pair);

            var batch = test.GetProperty("batch_texts").EnumerateArray().Select(text => (text.GetString()!, (string?)null));
            var encodings = tokenizer.EncodeBatchAsConfigured(batch, addSpecialTokens: true);
            foreach (var (expected, index) in test.GetProperty("batch").EnumerateArray().Select((element, index) => (element, index)))
                EncodingComparison.Compare(check, $"batch {index}", expected, encodings[index]);
        });
    }

    private static void CompareText(ConformanceCheck check, Tokenizer tokenizer, JsonElement expected)
    {
        var id = TokenizerCases.Text(expected, "id");
        var text = TokenizerCases.Texts[id];
        var plain = tokenizer.EncodeAsConfigured(text, null, addSpecialTokens: false);
        EncodingComparison.Compare(check, id, expected, plain);
        EncodingComparison.Compare(
            check,
            $"{id} with special tokens",
            expected.TryGetProperty("with_special", out var special) ? special : expected,
            tokenizer.EncodeAsConfigured(text, null, addSpecialTokens: true));

        var raw = expected.TryGetProperty("raw", out var element) ? element.GetString()! : text;
        check.Equal($"{id}: raw", raw, tokenizer.Decode(plain.Ids, skipSpecialTokens: false));
        var skip = expected.TryGetProperty("skip", out element) ? element.GetString()! : raw;
        check.Equal($"{id}: skip", skip, tokenizer.Decode(plain.Ids));
    }

    private static void ComparePair(ConformanceCheck check, Tokenizer tokenizer, JsonElement expected)
    {
        var (first, second) = (TokenizerCases.Text(expected, "a"), TokenizerCases.Text(expected, "b"));
        if (!expected.TryGetProperty("error", out _))
            EncodingComparison.ComparePair(check, (first, second), expected, tokenizer.EncodeAsConfigured(first, second, addSpecialTokens: true));
        else if (Record.Exception(() => tokenizer.EncodeAsConfigured(first, second, addSpecialTokens: true)) is not FineTuneException)
            check.Fail($"'{first}' and '{second}': an error was expected");
    }
}
