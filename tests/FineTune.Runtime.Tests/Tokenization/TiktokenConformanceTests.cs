using System.Text.Json;
using FineTune.Tests.Conformance;
using FineTune.Tokenization;
using FineTune.Tokenization.Reading;

namespace FineTune.Tests.Tokenization;

public sealed class TiktokenConformanceTests(ConformanceReport report)
{
    public static TheoryData<string?> Cases => CaseRows.Of(TokenizerCases.Files("", IsTiktoken));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Tiktoken(string? id)
    {
        CaseRows.SkipIfNone(id);
        var test = TokenizerCases.Read($"{id}.json");
        ConformanceRun.Check(report, TokenizerCases.Area, id, ["tiktoken"], check =>
        {
            var path = ConformanceFolder.Resolve(test.GetProperty("files")[0].GetString()!);
            var special = test.GetProperty("special_tokens").EnumerateObject().ToDictionary(token => token.Name, token => token.Value.GetInt32());
            var pattern = TokenizerCases.Text(test, "pattern");
            var tokenizer = new Tokenizer(TiktokenFile.Read(path, pattern, special), TokenizerConfig.Create([]));
            var ordinary = new Tokenizer(TiktokenFile.Read(path, pattern, []), TokenizerConfig.Create([]));
            foreach (var expected in test.GetProperty("texts").EnumerateArray())
            {
                var textId = TokenizerCases.Text(expected, "id");
                var text = TokenizerCases.Texts[textId];
                var ids = TokenizerCases.Numbers(expected.GetProperty("ids"));
                check.SequenceEqual(textId, ids, tokenizer.Encode(text));
                check.Equal($"{textId}: decoded", text, tokenizer.Decode(ids, skipSpecialTokens: false));
                var plain = expected.TryGetProperty("ordinary", out var element) ? TokenizerCases.Numbers(element) : ids;
                check.SequenceEqual($"{textId}: ordinary", plain, ordinary.Encode(text));
            }
        });
    }

    private static bool IsTiktoken(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("pattern", out _)
            && document.RootElement.TryGetProperty("special_tokens", out _);
    }
}
