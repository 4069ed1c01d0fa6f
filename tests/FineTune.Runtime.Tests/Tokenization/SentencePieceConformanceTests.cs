using System.Text.Json;
using FineTune.Tests.Conformance;
using FineTune.Tokenization.SentencePiece;

namespace FineTune.Tests.Tokenization;

public sealed class SentencePieceConformanceTests(ConformanceReport report)
{
    public static TheoryData<string?> Cases => CaseRows.Of(TokenizerCases.Files("", IsSentencePiece));

    [Theory]
    [MemberData(nameof(Cases))]
    public void SentencePiece(string? id)
    {
        CaseRows.SkipIfNone(id);
        var test = TokenizerCases.Read($"{id}.json");
        ConformanceRun.Check(report, TokenizerCases.Area, id, ["sentencepiece"], check =>
        {
            var model = SentencePieceFile.Read(ConformanceFolder.Resolve(test.GetProperty("files")[0].GetString()!));
            check.Equal("vocab_size", test.GetProperty("vocab_size").GetInt32(), model.Pieces.Count);
            check.SequenceEqual(
                "special ids",
                new[] { "bos_id", "eos_id", "unk_id", "pad_id" }.Select(key => test.GetProperty(key).GetInt32()),
                [model.BosId, model.EosId, model.UnknownId, model.PadId]);

            var processor = new SentencePieceProcessor(model);
            foreach (var normalized in test.GetProperty("normalized").EnumerateArray())
                check.Equal("normalized", TokenizerCases.Text(normalized, "normalized"), processor.Normalize(TextOf(normalized)));
            foreach (var expected in test.GetProperty("texts").EnumerateArray())
                Compare(check, processor, expected);
        });
    }

    private static bool IsSentencePiece(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("unk_id", out _)
            && document.RootElement.TryGetProperty("normalized", out _);
    }

    private static string TextOf(JsonElement element) => TokenizerCases.Texts[TokenizerCases.Text(element, "id")];

    private static void Compare(ConformanceCheck check, SentencePieceProcessor processor, JsonElement expected)
    {
        var id = TokenizerCases.Text(expected, "id");
        var ids = TokenizerCases.Numbers(expected.GetProperty("ids"));
        var tokens = processor.Encode(TextOf(expected));
        check.SequenceEqual($"{id}: ids", ids, tokens.Select(token => token.Id));
        var offsets = expected.TryGetProperty("offsets16", out var units) ? units : expected.GetProperty("offsets");
        check.SequenceEqual($"{id}: offsets", TokenizerCases.Numbers(offsets), tokens.SelectMany(token => new[] { token.Start, token.End }));
        check.Equal($"{id}: raw", expected.TryGetProperty("raw", out var raw) ? raw.GetString()! : TextOf(expected), processor.Decode(ids));
    }
}
