using FineTune.Tokenization;
using FineTune.Tokenization.Training;

namespace FineTune.Tests.Tokenization;

public sealed class BytePairTrainerTests
{
    private const string EndOfText = "<|endoftext|>";

    private static readonly BytePairTrainerOptions Options = new()
    {
        VocabularySize = 300,
        SpecialTokens = [EndOfText, "<|pad|>"],
        BosToken = EndOfText,
        EosToken = EndOfText,
        PadToken = "<|pad|>",
        SplitPattern = SplitPattern.Llama3,
    };

    [Fact]
    public void Trained_TakesTheMostFrequentPairFirst()
    {
        var tokenizer = Train(Options, "aaab aaab aaab bbbb");

        Assert.Equal(0, tokenizer.TokenToId(EndOfText));
        Assert.Equal(2, tokenizer.TokenToId("!"));
        // "aa" occurs 2 × 3 times, every other pair at most 3 times.
        Assert.Equal(258, tokenizer.TokenToId("aa"));
        Assert.Equal(["aaab"], tokenizer.Encode("aaab").Select(tokenizer.IdToToken));
    }

    [Fact]
    public void Trained_RoundTripsAnyText()
    {
        var tokenizer = Train(Options, "Gets the length of the array. Gets the value.");

        foreach (var text in new[] { "", "Gets the value.", "žluťoučký kůň 👍🏽\r\n\t \u0000", "zzzz 12345" })
            Assert.Equal(text, tokenizer.Decode(tokenizer.Encode(text)));
    }

    [Fact]
    public void Saved_LoadsAsTheSameTokenizer()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var tokenizer = Train(Options with { AddsBos = true, ModelMaxLength = 512 }, "Gets the length of the array. Gets the value.");
            tokenizer.Save(folder.FullName);
            var loaded = Tokenizer.Load(folder.FullName);

            const string Text = "Gets the array's <|endoftext|> value";
            Assert.Equal(tokenizer.Encode(Text), loaded.Encode(Text));
            Assert.Equal(tokenizer.VocabularySize, loaded.VocabularySize);
            Assert.True(loaded.AddsBos);
            Assert.Equal((0, 0, 1), (loaded.BosTokenId, loaded.EosTokenId, loaded.PadTokenId));
            Assert.Equal([0, .. loaded.Encode(Text)], loaded.Encode(Text, addSpecialTokens: true));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void SpecialTokens_InText_AreOneToken()
    {
        var tokenizer = Train(Options, "some text");

        Assert.Equal([0, .. tokenizer.Encode("some"), 1], tokenizer.Encode("<|endoftext|>some<|pad|>"));
        Assert.Equal("some", tokenizer.Decode(tokenizer.Encode("<|endoftext|>some<|pad|>")));
    }

    [Fact]
    public void MinimumFrequency_StopsBeforeTheVocabularyIsFull()
    {
        var tokenizer = Train(Options with { MinimumFrequency = 3 }, "abab ab cd cd");

        Assert.Equal(259, tokenizer.VocabularySize);
        Assert.Equal(258, tokenizer.TokenToId("ab"));
    }

    [Fact]
    public void BosToken_MustBeASpecialToken() =>
        Assert.Throws<ArgumentException>(() => new BytePairTrainer(Options with { BosToken = "<s>" }));

    private static Tokenizer Train(BytePairTrainerOptions options, string text)
    {
        var trainer = new BytePairTrainer(options);
        trainer.Add(text);
        return trainer.Train();
    }
}
