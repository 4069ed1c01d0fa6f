using FineTune.Tests.Conformance;
using FineTune.Tokenization;

namespace FineTune.Tests.Tokenization;

public sealed class TokenizerTests
{
    [Fact]
    public void Encode_AppliesMergesByRank()
    {
        using var folder = new SmallTokenizer(SmallTokenizer.BytePair);
        var tokenizer = folder.Load();

        Assert.Equal([5, 3, 5], tokenizer.Encode("ab ab"));
        Assert.Equal([8, 5], tokenizer.Encode("ab", addSpecialTokens: true));
        Assert.Equal([5, 0, 5], tokenizer.Encode("abzab"));
        Assert.Equal([8, 4], tokenizer.Encode("<s>12"));
    }

    [Fact]
    public void Offsets_AreUtf16RangesOfTheOriginalText()
    {
        using var folder = new SmallTokenizer(SmallTokenizer.BytePair);
        var encoding = folder.Load().EncodeWithOffsets("ab 12 <s>b");

        // The space before <s> ends its section and is stripped there.
        Assert.Equal([5, 3, 4, 8, 2], encoding.Ids);
        // The number became one character in normalization; it has the range of the last one, as in the reference.
        Assert.Equal([(0, 2), (2, 3), (4, 5), (6, 9), (9, 10)], encoding.Offsets);
    }

    [Fact]
    public void Lookup_WorksBothWays_AndKnowsWhatItHasNot()
    {
        using var folder = new SmallTokenizer(SmallTokenizer.BytePair, """{"bos_token":"<s>","pad_token":{"content":"<pad>"}}""");
        var tokenizer = folder.Load();

        Assert.Equal((10, 8, null, 9), (tokenizer.VocabularySize, tokenizer.BosTokenId, tokenizer.EosTokenId, tokenizer.PadTokenId));
        Assert.True(tokenizer.AddsBos);
        Assert.Equal(("Ġab", 6), (tokenizer.IdToToken(6), tokenizer.TokenToId("Ġab")));
        Assert.Null(tokenizer.IdToToken(99));
        Assert.Null(tokenizer.TokenToId("nothing"));
        Assert.True(tokenizer.IsSpecial(8));
        Assert.False(tokenizer.IsSpecial(5));
    }

    [Fact]
    public void OlderSpecialTokensMap_IsReadWhereTheConfigurationIsSilent()
    {
        using var folder = new SmallTokenizer(SmallTokenizer.BytePair, """{"bos_token":"<s>"}""");
        File.WriteAllText(Path.Combine(folder.Folder, "special_tokens_map.json"), """{"bos_token":"<pad>","eos_token":"<pad>"}""");
        var tokenizer = folder.Load();

        Assert.Equal((8, 9), (tokenizer.BosTokenId, tokenizer.EosTokenId));
    }

    [Fact]
    public void TokensOfTheConfiguration_AreAddedToThoseOfTheFile()
    {
        const string Config = """{"added_tokens_decoder":{"8":{"content":"<s>","special":true},"10":{"content":"<|im_end|>","special":true}}}""";
        using var folder = new SmallTokenizer(SmallTokenizer.BytePair, Config);
        var tokenizer = folder.Load();

        Assert.Equal([5, 10, 8], tokenizer.Encode("ab<|im_end|><s>"));
        Assert.Equal(11, tokenizer.VocabularySize);
    }

    [Fact]
    public void Unigram_TakesTheBestPath_AndFusesUnknownCharacters()
    {
        using var folder = new SmallTokenizer(SmallTokenizer.Unigram);
        var tokenizer = folder.Load();

        // "▁a" (−1.5) and unknown beats "▁" and "ab" (−4.5) nowhere: a known b ends it.
        Assert.Equal([1, 4], tokenizer.Encode("ab"));
        Assert.Equal([3, 0], tokenizer.Encode("azz"));
        Assert.Equal([(0, 1), (1, 3)], tokenizer.EncodeWithOffsets("azz").Offsets);
    }

    [Fact]
    public void WordPiece_TakesTheLongestToken_OrTheWordIsUnknown()
    {
        using var folder = new SmallTokenizer(SmallTokenizer.WordPiece);
        var tokenizer = folder.Load();

        Assert.Equal([1, 3, 4, 0, 2], tokenizer.Encode("AB abx", addSpecialTokens: true));
        Assert.Equal("ab", tokenizer.Decode([3, 4]));
    }

    [Fact]
    public void Save_WritesWhatLoadsAgain()
    {
        foreach (var json in new[] { SmallTokenizer.BytePair, SmallTokenizer.Unigram, SmallTokenizer.WordPiece })
        {
            using var folder = new SmallTokenizer(json);
            using var copy = new SmallTokenizer("{}");
            folder.Load().Save(copy.Folder);

            foreach (var text in new[] { "ab ab", "x <s> 12", "日本" })
            {
                Assert.Equal(folder.Load().EncodeAsConfigured(text, null, true).Ids, copy.Load().EncodeAsConfigured(text, null, true).Ids);
                Assert.Equal(folder.Load().Decode([1, 2, 3, 4]), copy.Load().Decode([1, 2, 3, 4]));
            }
        }
    }

    [Fact]
    public void RealFolders_LoadWithTheirSpecialTokens()
    {
        var assets = ConformanceFolder.RequireAssets();
        var llama2 = Tokenizer.Load(Path.Combine(assets, "tokenizers", "llama2"));
        var phi3 = Tokenizer.Load(Path.Combine(assets, "tokenizers", "phi3"));

        Assert.Equal((1, 2, null, true), (llama2.BosTokenId, llama2.EosTokenId, llama2.PadTokenId, llama2.AddsBos));
        Assert.Equal([15043, 3186], llama2.Encode("Hello world"));
        Assert.Equal((1, 32000, 32000), (phi3.BosTokenId, phi3.EosTokenId, phi3.PadTokenId));
    }

    [Fact]
    public void IncrementalDecoder_HoldsBackTheFirstBytesOfACharacter()
    {
        var tokenizer = new FineTune.Tokenization.Training.BytePairTrainer(new() { VocabularySize = 256 }).Train();
        var ids = tokenizer.Encode("a👍b");
        var decoder = tokenizer.CreateDecoder();

        Assert.Equal(["a", "", "", "", "👍", "b"], ids.Select(decoder.Add));
        Assert.Equal("", decoder.Complete());
        Assert.Equal("", decoder.Add(ids[1]));
        Assert.Equal("\uFFFD", decoder.Complete());
    }

    [Fact]
    public void Encode_FromSeveralThreads_GivesTheSameIds()
    {
        var trainer = new FineTune.Tokenization.Training.BytePairTrainer(new() { VocabularySize = 300 });
        trainer.Add("some words that are repeated, some words that are not");
        var tokenizer = trainer.Train();
        var texts = Enumerable.Range(0, 500).Select(number => $"some words {number} that are {number * 7919}").ToArray();
        var expected = texts.Select(text => tokenizer.Encode(text)).ToArray();

        Parallel.For(0, texts.Length * 4, index => Assert.Equal(expected[index % texts.Length], tokenizer.Encode(texts[index % texts.Length])));
    }
}
