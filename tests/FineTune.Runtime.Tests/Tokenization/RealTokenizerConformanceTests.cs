using System.Text.Json;
using FineTune.Tests.Conformance;
using FineTune.Tokenization;

namespace FineTune.Tests.Tokenization;

/// <summary>Real tokenizers on the shared texts: ids, offsets, decoded text, special tokens, padding and truncation.</summary>
public sealed class RealTokenizerConformanceTests(ConformanceReport report)
{
    public static TheoryData<string?> Cases => CaseRows.Of(TokenizerCases.Files("", HasComponents));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Real(string? id)
    {
        CaseRows.SkipIfNone(id);
        var test = TokenizerCases.Read($"{id}.json");
        ConformanceRun.Check(report, TokenizerCases.Area, id, TokenizerFeatures.Of(test.GetProperty("components")), check =>
        {
            var tokenizer = TokenizerCases.Load(test);
            CompareSections(check, test.GetProperty("components"), tokenizer);
            check.Equal("vocabulary size", test.GetProperty("vocab_size_with_added").GetInt32(), tokenizer.VocabularySize);
            foreach (var text in test.GetProperty("texts").EnumerateArray())
                CompareText(check, test, tokenizer, text);
            ComparePair(check, test, tokenizer);
            if (!test.TryGetProperty("calls", out var calls))
                return;
            foreach (var call in calls.EnumerateArray())
                TokenizerCall.Compare(check, tokenizer, test.GetProperty("call_texts"), call);
        });
    }

    private static bool HasComponents(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("texts", out _)
            && document.RootElement.TryGetProperty("components", out _);
    }

    /// <summary>The pipeline itself, where it is built from other files than tokenizer.json.</summary>
    private static void CompareSections(ConformanceCheck check, JsonElement components, Tokenizer tokenizer)
    {
        foreach (var name in new[] { "normalizer", "pre_tokenizer", "post_processor", "decoder" })
        {
            var got = tokenizer.Definition.Sections.TryGetValue(name, out var section) ? section : default;
            var expected = components.GetProperty(name);
            // A character map stands in the case as a remark.
            if (expected.ValueKind == JsonValueKind.Object && expected.TryGetProperty("precompiled_charsmap", out _))
                continue;
            var isEqual = expected.ValueKind == JsonValueKind.Null
                ? got.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null
                : JsonElement.DeepEquals(expected, got);
            if (!isEqual)
                check.Fail($"{name}: expected {expected}, got {got}");
        }
    }

    private static void CompareText(ConformanceCheck check, JsonElement test, Tokenizer tokenizer, JsonElement expected)
    {
        var id = TokenizerCases.Text(expected, "id");
        var text = TokenizerCases.Texts[id];
        var ids = TokenizerCases.Numbers(expected.GetProperty("ids"));
        var encoding = tokenizer.EncodeWithOffsets(text);
        check.SequenceEqual($"{id}: ids", ids, encoding.Ids);
        check.SequenceEqual($"{id}: ids without offsets", ids, tokenizer.Encode(text));
        EncodingComparison.CompareOffsets(check, id, expected, encoding);

        var prefix = TokenizerCases.Numbers(test.GetProperty("special_prefix"));
        var suffix = TokenizerCases.Numbers(test.GetProperty("special_suffix"));
        check.SequenceEqual($"{id}: special tokens", [.. prefix, .. ids, .. suffix], tokenizer.Encode(text, addSpecialTokens: true));

        var raw = expected.TryGetProperty("raw", out var element) ? element.GetString()! : text;
        check.Equal($"{id}: raw", raw, tokenizer.Decode(ids, skipSpecialTokens: false));
        var skip = expected.TryGetProperty("skip", out element) ? element.GetString()! : raw;
        check.Equal($"{id}: skip", skip, tokenizer.Decode(ids));
        check.Equal($"{id}: token by token", skip, DecodeTokenByToken(tokenizer, ids));
    }

    private static string DecodeTokenByToken(Tokenizer tokenizer, int[] ids)
    {
        var decoder = tokenizer.CreateDecoder();
        return string.Concat(ids.Select(decoder.Add)) + decoder.Complete();
    }

    private static void ComparePair(ConformanceCheck check, JsonElement test, Tokenizer tokenizer)
    {
        var expected = test.GetProperty("pair_of_a_and_b");
        var got = tokenizer.EncodeBatch([("a", "b")], addSpecialTokens: true, truncation: null, padding: null)[0];
        check.SequenceEqual("pair: ids", TokenizerCases.Numbers(expected.GetProperty("ids")), got.Ids);
        check.SequenceEqual("pair: type ids", TokenizerCases.Numbers(expected.GetProperty("type_ids")), got.TypeIds);
    }
}
