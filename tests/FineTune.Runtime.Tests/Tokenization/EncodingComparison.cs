using System.Text.Json;
using FineTune.Tests.Conformance;
using FineTune.Tokenization;

namespace FineTune.Tests.Tokenization;

/// <summary>Compares an encoding with a vector, every field that the vector has or implies.</summary>
internal static class EncodingComparison
{
    /// <summary>
    /// Compares a pair. The vectors' UTF-16 offsets of overflowing pieces are converted with the text that `sequences` names,
    /// which is 0 for the second text too once truncation has cleared the sequences, and (0, 0) where it is -1 (trunc-left,
    /// pair `&lt;s>Hello&lt;/s>` and `naïve 😀 café`). Their code point offsets are right: those are compared there.
    /// </summary>
    public static void ComparePair(ConformanceCheck check, (string First, string Second) texts, JsonElement expected, Encoding got)
    {
        var what = $"'{texts.First}' and '{texts.Second}'";
        CompareFields(check, what, expected, got);
        CompareOffsets(check, what, expected, got);
        var overflowing = expected.TryGetProperty("overflowing", out var parts) ? parts.EnumerateArray().ToList() : [];
        check.Equal($"{what}: overflowing", overflowing.Count, got.Overflowing.Count);
        foreach (var (part, piece) in overflowing.Zip(got.Overflowing))
        {
            CompareFields(check, $"{what}: overflowing", part, piece);
            var characters = piece.Offsets.Zip(piece.TypeIds, (range, type) => (range, text: type == 1 ? texts.Second : texts.First))
                .SelectMany(pair => new[] { CountCharacters(pair.text, pair.range.Start), CountCharacters(pair.text, pair.range.End) });
            check.SequenceEqual($"{what}: overflowing: offsets", TokenizerCases.Numbers(part.GetProperty("offsets")), characters);
        }
    }

    public static void Compare(ConformanceCheck check, string what, JsonElement expected, Encoding got)
    {
        CompareFields(check, what, expected, got);
        CompareOffsets(check, what, expected, got);
        var overflowing = expected.TryGetProperty("overflowing", out var parts) ? parts.EnumerateArray().ToList() : [];
        check.Equal($"{what}: overflowing", overflowing.Count, got.Overflowing.Count);
        foreach (var (part, piece) in overflowing.Zip(got.Overflowing))
        {
            CompareFields(check, $"{what}: overflowing", part, piece);
            CompareOffsets(check, $"{what}: overflowing", part, piece);
        }
    }

    public static void CompareFields(ConformanceCheck check, string what, JsonElement expected, Encoding got)
    {
        var ids = TokenizerCases.Numbers(expected.GetProperty("ids"));
        check.SequenceEqual($"{what}: ids", ids, got.Ids);
        check.SequenceEqual($"{what}: type_ids", NumbersOr(expected, "type_ids", 0, ids.Length), got.TypeIds);
        check.SequenceEqual($"{what}: attention_mask", NumbersOr(expected, "attention_mask", 1, ids.Length), got.AttentionMask);
        check.SequenceEqual($"{what}: special_tokens_mask", NumbersOr(expected, "special_tokens_mask", 0, ids.Length), got.SpecialTokensMask);
        check.SequenceEqual($"{what}: sequences", NumbersOr(expected, "sequences", 0, ids.Length), got.SequenceIds);
        check.SequenceEqual($"{what}: words", TokenizerCases.Numbers(expected.GetProperty("words")), got.WordIds);
    }

    public static void CompareOffsets(ConformanceCheck check, string what, JsonElement expected, Encoding got)
    {
        // UTF-16 offsets are given where the text has characters beyond the basic plane; else both kinds are equal.
        var offsets = expected.TryGetProperty("offsets16", out var units) ? units : expected.GetProperty("offsets");
        check.SequenceEqual($"{what}: offsets", TokenizerCases.Numbers(offsets), got.Offsets.SelectMany(range => new[] { range.Start, range.End }));
    }

    private static IEnumerable<int> NumbersOr(JsonElement expected, string key, int fallback, int count) =>
        expected.TryGetProperty(key, out var numbers) ? TokenizerCases.Numbers(numbers) : Enumerable.Repeat(fallback, count);

    /// <summary>The code points in the first units of a text.</summary>
    public static int CountCharacters(string text, int units)
    {
        var count = 0;
        for (var i = 0; i < units; i += char.IsHighSurrogate(text[i]) ? 2 : 1)
            count++;
        return count;
    }
}
