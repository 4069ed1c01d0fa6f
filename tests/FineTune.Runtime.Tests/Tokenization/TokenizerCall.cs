using System.Text.Json;
using FineTune.Tests.Conformance;
using FineTune.Tokenization;
using FineTune.Tokenization.Sizing;

namespace FineTune.Tests.Tokenization;

/// <summary>A call of transformers' tokenizers: texts, pairs or batches with padding and truncation.</summary>
internal static class TokenizerCall
{
    public static void Compare(ConformanceCheck check, Tokenizer tokenizer, JsonElement texts, JsonElement call)
    {
        var name = TokenizerCases.Text(call, "call");
        var args = call.GetProperty("args");
        if (call.TryGetProperty("error", out _))
        {
            if (Record.Exception(() => Encode(tokenizer, texts, call, padId: 0)) is not FineTuneException)
                check.Fail($"{name}: an error was expected");
            return;
        }

        var expected = call.GetProperty("encodings").EnumerateArray().ToList();
        var encodings = Encode(tokenizer, texts, call, PadId(expected));
        var got = new List<(Encoding Encoding, int Sample)>();
        foreach (var (encoding, sample) in encodings.Select((encoding, sample) => (encoding, sample)))
        {
            got.Add((encoding, sample));
            if (Flag(args, "return_overflowing_tokens"))
                got.AddRange(encoding.Overflowing.Select(part => (part, sample)));
        }

        check.Equal($"{name}: encodings", expected.Count, got.Count);
        foreach (var (part, result) in expected.Zip(got))
        {
            EncodingComparison.CompareFields(check, name, part, result.Encoding);
            CompareOffsets(check, texts, call, part, result.Encoding, result.Sample);
        }

        if (call.TryGetProperty("overflow_to_sample", out var samples))
            check.SequenceEqual($"{name}: samples", TokenizerCases.Numbers(samples), got.Select(result => result.Sample));
    }

    /// <summary>Calls have offsets in code points only.</summary>
    private static void CompareOffsets(ConformanceCheck check, JsonElement texts, JsonElement call, JsonElement expected, Encoding got, int sample)
    {
        var isWords = Flag(call.GetProperty("args"), "is_split_into_words");
        var words = isWords ? call.GetProperty("texts").EnumerateArray().Select(word => word.GetString()!).ToList() : [];
        var (first, second) = isWords ? ("", null) : Inputs(texts, call)[sample];
        var characters = got.Offsets.Select((range, index) =>
            (range, text: isWords ? words.ElementAtOrDefault(got.WordIds[index]) ?? "" : got.SequenceIds[index] == 1 ? second! : first))
            .SelectMany(pair => new[]
            {
                EncodingComparison.CountCharacters(pair.text, pair.range.Start), EncodingComparison.CountCharacters(pair.text, pair.range.End),
            });
        check.SequenceEqual($"{TokenizerCases.Text(call, "call")}: offsets", TokenizerCases.Numbers(expected.GetProperty("offsets")), characters);
    }

    private static IReadOnlyList<Encoding> Encode(Tokenizer tokenizer, JsonElement texts, JsonElement call, int padId)
    {
        var args = call.GetProperty("args");
        var special = !args.TryGetProperty("add_special_tokens", out var add) || add.GetBoolean();
        var names = call.GetProperty("texts");
        if (Flag(args, "is_split_into_words"))
            return [tokenizer.EncodeWords(names.EnumerateArray().Select(word => word.GetString()!), special)];

        return tokenizer.EncodeBatch(Inputs(texts, call), special, Truncation(args), Padding(args, padId));
    }

    private static List<(string First, string? Second)> Inputs(JsonElement texts, JsonElement call)
    {
        string Named(JsonElement name) => TokenizerCases.Text(texts, name.GetString()!);
        var names = call.GetProperty("texts");
        if (names.ValueKind == JsonValueKind.String)
            return [(Named(names), null)];
        // Python takes an empty second text for none, unless it is in a batch.
        if (names[0].ValueKind == JsonValueKind.String)
            return [(Named(names[0]), Named(names[1]) is { Length: > 0 } second ? second : null)];
        return [.. names.EnumerateArray().Select(sample => (Named(sample[0]), sample.GetArrayLength() > 1 ? Named(sample[1]) : null))];
    }

    private static TruncationOptions? Truncation(JsonElement args)
    {
        if (!args.TryGetProperty("truncation", out var truncation) || truncation.ValueKind == JsonValueKind.False)
            return null;
        var strategy = truncation.ValueKind == JsonValueKind.True ? "longest_first" : truncation.GetString();
        return new TruncationOptions(
            args.GetProperty("max_length").GetInt32(),
            args.TryGetProperty("stride", out var stride) ? stride.GetInt32() : 0,
            strategy switch
            {
                "only_first" => TruncationStrategy.OnlyFirst,
                "only_second" => TruncationStrategy.OnlySecond,
                _ => TruncationStrategy.LongestFirst,
            },
            Side(args, "truncation_side"));
    }

    private static PaddingOptions? Padding(JsonElement args, int padId)
    {
        if (!args.TryGetProperty("padding", out var padding))
            return null;
        int? length = padding.GetString() == "max_length" ? args.GetProperty("max_length").GetInt32() : null;
        int? multiple = args.TryGetProperty("pad_to_multiple_of", out var of) ? of.GetInt32() : null;
        return new PaddingOptions(padId, length, Side(args, "padding_side"), multiple);
    }

    private static TextSide Side(JsonElement args, string key) =>
        args.TryGetProperty(key, out var side) && side.GetString() == "left" ? TextSide.Left : TextSide.Right;

    private static bool Flag(JsonElement args, string key) => args.TryGetProperty(key, out var flag) && flag.ValueKind == JsonValueKind.True;

    /// <summary>The padding token that the reference was given, which the case does not name: the id where the mask is 0.</summary>
    private static int PadId(IEnumerable<JsonElement> encodings) => encodings
        .SelectMany(encoding => TokenizerCases.Numbers(encoding.GetProperty("ids")).Zip(
            TokenizerCases.Numbers(encoding.GetProperty("attention_mask"))))
        .Where(pair => pair.Second == 0).Select(pair => pair.First).FirstOrDefault();
}
