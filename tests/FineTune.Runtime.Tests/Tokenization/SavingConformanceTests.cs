using System.Text.Json;
using FineTune.Tests.Conformance;
using FineTune.Tokenization;

namespace FineTune.Tests.Tokenization;

/// <summary>saving/: folders as transformers writes them.</summary>
public sealed class SavingConformanceTests(ConformanceReport report)
{
    public static TheoryData<string?> Folders =>
        CaseRows.Of(new[] { "before", "after" }.Where(name => TokenizerCases.Folder is { } folder && Directory.Exists(Path.Combine(folder, "saving", name))));

    [Fact]
    public void AddedTokens()
    {
        TokenizerCases.Read("saving/case.json");
        ConformanceRun.Check(report, TokenizerCases.Area, "saving", ["saving:add-tokens"], check =>
            check.Fail("nothing adds tokens"));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void LoadedAndSaved_IsTheSameFolder(string? name)
    {
        CaseRows.SkipIfNone(name);
        var source = Path.Combine(TokenizerCases.Folder!, "saving", name);
        var target = Directory.CreateTempSubdirectory();
        try
        {
            Tokenizer.Load(source).Save(target.FullName);

            foreach (var file in new[] { "tokenizer.json", "tokenizer_config.json" })
                Assert.True(JsonElement.DeepEquals(Read(source, file), Read(target.FullName, file)), $"{file} differs");
        }
        finally
        {
            target.Delete(recursive: true);
        }
    }

    [Fact]
    public void FolderWithAddedTokens_EncodesAndDecodes()
    {
        var test = TokenizerCases.Read("saving/case.json");
        var tokenizer = Tokenizer.Load(Path.Combine(TokenizerCases.Folder!, "saving", "after"));
        var check = new ConformanceCheck();
        Assert.Equal(test.GetProperty("len").GetInt32(), tokenizer.VocabularySize);
        foreach (var expected in test.GetProperty("texts").EnumerateArray())
        {
            var text = expected.TryGetProperty("text", out var own) ? own.GetString()! : TokenizerCases.Texts[TokenizerCases.Text(expected, "id")];
            var ids = TokenizerCases.Numbers(expected.GetProperty("ids"));
            check.SequenceEqual(text, ids, tokenizer.Encode(text));
            if (expected.TryGetProperty("raw", out var raw))
                check.Equal($"{text}: raw", raw.GetString(), tokenizer.Decode(ids, skipSpecialTokens: false));
            if (expected.TryGetProperty("skip", out var skip))
                check.Equal($"{text}: skip", skip.GetString(), tokenizer.Decode(ids));
        }

        Assert.Empty(check.Failures);
    }

    private static JsonElement Read(string folder, string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, file)));
        return document.RootElement.Clone();
    }
}
