using System.Text.Json;
using FineTune.TestSupport;
using FineTune.Tokenization;

namespace FineTune.Samples.Tests;

/// <summary>The base model's folder: its parts fit each other and the samples' data.</summary>
public sealed class TinyDocsTests(ReferencePackFixture packs)
{
    private static readonly string Folder = Path.Combine(Repository.Root, "models", "tiny-docs");

    [Fact]
    public void Configuration_IsALlamaOfAtMostSixteenMegabytes()
    {
        using var config = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "config.json")));
        long Value(string key) => config.RootElement.GetProperty(key).GetInt64();
        var (hidden, head) = (Value("hidden_size"), Value("head_dim"));
        var attention = 2 * hidden * head * (Value("num_attention_heads") + Value("num_key_value_heads"));
        var layer = attention + (3 * hidden * Value("intermediate_size")) + (2 * hidden);
        var parameters = (Value("vocab_size") * hidden) + (Value("num_hidden_layers") * layer) + hidden;

        Assert.True(config.RootElement.GetProperty("tie_word_embeddings").GetBoolean());
        Assert.Equal(5_770_496, parameters);
        Assert.InRange(2 * parameters, 0, 16_000_000);
    }

    [Fact]
    public void Tokenizer_HasTheModelsVocabulary_AndEndsTextsWithoutBeginningThem()
    {
        using var config = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "config.json")));
        var tokenizer = Tokenizer.Load(Folder);

        Assert.Equal(config.RootElement.GetProperty("vocab_size").GetInt32(), tokenizer.VocabularySize);
        Assert.Equal(config.RootElement.GetProperty("eos_token_id").GetInt32(), tokenizer.EosTokenId);
        Assert.False(tokenizer.AddsBos);
        Assert.Equal([0], tokenizer.Encode("<|endoftext|>"));
    }

    [Theory]
    [InlineData("public static ReadOnlySpan<char> String.Trim()")]
    [InlineData("Gets the größte π ≤ 1 🙂\n\tof all.")]
    public void Tokenizer_RoundTripsAnyText(string text)
    {
        var tokenizer = Tokenizer.Load(Folder);
        Assert.Equal(text, tokenizer.Decode(tokenizer.Encode(text)));
    }

    [Fact]
    public void Names_AreSplitIntoTheirWords()
    {
        var tokenizer = Tokenizer.Load(Folder);
        Assert.Equal([" Read", "Only", "Span"], tokenizer.Encode(" ReadOnlySpan").Select(id => tokenizer.Decode([id])));
    }

    [Fact]
    public void EveryRow_FitsIntoTheContext()
    {
        var tokenizer = Tokenizer.Load(Folder);
        var longest = packs.Rows.Train.Concat(packs.Rows.Test)
            .Max(row => tokenizer.Encode($"Member: {row.Signature}\nSummary:\n{row.Summary}<|endoftext|>").Length);
        Assert.InRange(longest, 1, 512);
    }
}
