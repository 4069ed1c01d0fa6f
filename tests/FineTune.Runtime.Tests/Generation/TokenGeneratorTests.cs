using FineTune.Data;
using FineTune.Generation;
using FineTune.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace FineTune.Tests.Generation;

public sealed class TokenGeneratorTests
{
    private static readonly int[][] Prompts = [[5, 9, 12, 40, 3, 8, 77], [1], [5, 9], [60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70]];

    [Fact]
    public void Greedy_EqualsTheLoopWithoutCache()
    {
        using var model = TinyModel.Create();
        var got = Generate(new(model, []), Prompts, new() { MaxNewTokens = 12 });
        for (var i = 0; i < Prompts.Length; i++)
            Assert.Equal(WithoutCache(model, Prompts[i], 12), got[i]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1.5)]
    public void ABatch_GivesWhatSinglePromptsGive_ThoughSequencesEndEarly(double temperature)
    {
        using var model = TinyModel.Create();
        var options = new GenerationOptions { MaxNewTokens = 40, Temperature = temperature, TopP = 0.9, Seed = 11 };
        // Every third token ends a sequence, so that the cache shrinks on the way.
        var generator = new TokenGenerator(model, [.. Enumerable.Range(0, 97).Where(token => token % 11 == 0)]);
        var prompts = Enumerable.Range(1, 40).Select(i => Enumerable.Range(0, 1 + i % 7).Select(j => (i * 13 + j * 5) % 97).ToArray()).ToArray();
        var together = Generate(generator, prompts, options);

        Assert.Contains(together, tokens => tokens.Length < 5);
        Assert.Contains(together, tokens => tokens.Length > 10);
        foreach (var i in new[] { 0, 7, 22, 39 })
        {
            // The sampler's sequence number is part of the seed: a lone prompt stands at its place among empty company.
            var alone = temperature == 0 ? Generate(generator, [prompts[i]], options)[0] : Generate(generator, prompts[..(i + 1)], options)[i];
            Assert.Equal(alone, together[i]);
        }
    }

    [Fact]
    public void TheSameSeed_GivesTheSameTokens_AnotherOthers()
    {
        using var model = TinyModel.Create();
        var generator = new TokenGenerator(model, []);
        var options = new GenerationOptions { MaxNewTokens = 20, Temperature = 1, Seed = 1 };
        var first = Generate(generator, Prompts, options);
        Assert.Equal(first, Generate(generator, Prompts, options));
        Assert.NotEqual(first, Generate(generator, Prompts, options with { Seed = 2 }));
    }

    [Fact]
    public void StopTokens_End_AndAreNotReturned()
    {
        using var model = TinyModel.Create();
        var free = Generate(new(model, []), [Prompts[0]], new() { MaxNewTokens = 12 })[0];
        var stop = free[4];
        var first = Array.IndexOf(free, stop);
        Assert.Equal(free[..first], Generate(new(model, [stop]), [Prompts[0]], new() { MaxNewTokens = 12 })[0]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1.0)]
    public void SequencesOfOnePrompt_ReadItOnce_AndGiveWhatCopiesOfItGive(double temperature)
    {
        using var model = TinyModel.Create();
        var generator = new TokenGenerator(model, [.. Enumerable.Range(0, 97).Where(token => token % 11 == 0)]);
        var options = new GenerationOptions { MaxNewTokens = 20, Temperature = temperature, Seed = 3 };
        int[][] shared = [Prompts[0], Prompts[0], Prompts[0], Prompts[2], Prompts[3], Prompts[3]];
        var got = Generate(generator, shared, options);
        Assert.Equal(Generate(generator, [.. shared.Select(prompt => (int[])prompt.Clone())], options), got);
        Assert.Equal(temperature == 0, got[0].SequenceEqual(got[1]));
    }

    [Fact]
    public void HowASequenceEnded_IsTold()
    {
        using var model = TinyModel.Create();
        var free = Generate(new(model, []), [Prompts[0]], new() { MaxNewTokens = 12 })[0];
        var ended = new TokenGenerator(model, [free[4]]).Continue([Prompts[0], Prompts[0]], new() { MaxNewTokens = Array.IndexOf(free, free[4]) + 1 }, stop: TestContext.Current.CancellationToken);
        Assert.All(ended, sequence => Assert.Equal(free[4], sequence.Stop));
        var cut = new TokenGenerator(model, [free[4]]).Continue([Prompts[0]], new() { MaxNewTokens = Array.IndexOf(free, free[4]) }, stop: TestContext.Current.CancellationToken);
        Assert.Null(Assert.Single(cut).Stop);
    }

    [Fact]
    public void TheContextsEnd_EndsASequence()
    {
        using var model = TinyModel.Create();
        var got = Generate(new(model, [], contextLength: 9), Prompts[..3], new() { MaxNewTokens = 12 });
        Assert.Equal([2, 8, 7], got.Select(tokens => tokens.Length));
    }

    [Fact]
    public void Tokens_AreReportedWhenTheyAreThere_AndCancellationKeepsThem()
    {
        using var model = TinyModel.Create();
        using var source = new CancellationTokenSource();
        var heard = new List<(int, int)>();
        var got = new TokenGenerator(model, []).Generate([[4], [8, 9]], new() { MaxNewTokens = 50 }, (index, token) =>
        {
            heard.Add((index, token));
            if (heard.Count == 6)
                source.Cancel();
        }, stop: source.Token);
        Assert.Equal(3, got[0].Length);
        Assert.Equal(got[0].Zip(got[1], (a, b) => new[] { (0, a), (1, b) }).SelectMany(pair => pair), heard);
    }

    [Theory]
    [InlineData(ScalarType.BFloat16, ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16, ScalarType.BFloat16)]
    public void OtherTypes_StayCloseToTheLoopWithoutCache(ScalarType stored, ScalarType products)
    {
        using var model = TinyModel.Create(stored: stored, products: products);
        var got = Generate(new(model, []), Prompts, new() { MaxNewTokens = 4 });
        for (var i = 0; i < Prompts.Length; i++)
            Assert.Equal(WithoutCache(model, Prompts[i], 4)[0], got[i][0]);
    }

    private static int[][] Generate(TokenGenerator generator, int[][] prompts, GenerationOptions options) => generator.Generate(prompts, options);

    private static int[] WithoutCache(CausalLanguageModel model, int[] prompt, int count)
    {
        using var none = no_grad();
        var tokens = prompt.ToList();
        for (var i = 0; i < count; i++)
        {
            using var scope = NewDisposeScope();
            using var context = model.Context(new SequenceLayout([tokens.Count]));
            var logits = model.Logits(model.Forward(tokens.ToArray(), context));
            tokens.Add((int)logits[-1].to(ScalarType.Float32).argmax().ToInt64());
        }

        return [.. tokens.Skip(prompt.Length)];
    }
}
