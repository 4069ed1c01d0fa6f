using FineTune.Generation;

namespace FineTune.Tests.Generation;

public sealed class TokenSamplerTests
{
    private static readonly float[] Logits = [MathF.Log(0.1f), MathF.Log(0.4f), MathF.Log(0.2f), MathF.Log(0.3f)];

    [Fact]
    public void Greedy_TakesTheFirstOfTheLargest() => Assert.Equal(1, new TokenSampler(new(), 0).Next([1, 3, 2, 3]));

    [Theory]
    [InlineData(1.0, 0, 1.0, new[] { 0.1, 0.4, 0.2, 0.3 })]
    [InlineData(0.5, 0, 1.0, new[] { 0.01 / 0.3, 0.16 / 0.3, 0.04 / 0.3, 0.09 / 0.3 })] // squares, normalised
    [InlineData(1.0, 2, 1.0, new[] { 0, 4 / 7.0, 0, 3 / 7.0 })]
    [InlineData(1.0, 0, 0.69, new[] { 0, 4 / 7.0, 0, 3 / 7.0 })]
    [InlineData(1.0, 0, 0.71, new[] { 0, 4 / 9.0, 2 / 9.0, 3 / 9.0 })]
    [InlineData(1.0, 0, 0.0, new[] { 0, 1.0, 0, 0 })]
    public void Draws_FollowTheProbabilities(double temperature, int topK, double topP, double[] expected)
    {
        var sampler = new TokenSampler(new() { Temperature = temperature, TopK = topK, TopP = topP, Seed = 5 }, 0);
        const int draws = 20_000;
        var counts = new int[4];
        for (var i = 0; i < draws; i++)
            counts[sampler.Next(Logits)]++;
        for (var token = 0; token < 4; token++)
        {
            var deviation = Math.Sqrt(expected[token] * (1 - expected[token]) / draws);
            Assert.InRange(counts[token] / (double)draws, expected[token] - 4.5 * deviation, expected[token] + 4.5 * deviation);
        }
    }

    [Fact]
    public void TheSeedAndTheSequence_DecideTheDraws()
    {
        Assert.Equal(Draw(seed: 7, sequence: 3), Draw(seed: 7, sequence: 3));
        Assert.NotEqual(Draw(seed: 7, sequence: 3), Draw(seed: 8, sequence: 3));
        Assert.NotEqual(Draw(seed: 7, sequence: 3), Draw(seed: 7, sequence: 4));
    }

    private static string Draw(int seed, int sequence)
    {
        var sampler = new TokenSampler(new() { Temperature = 1, Seed = seed }, sequence);
        return string.Concat(Enumerable.Range(0, 64).Select(_ => sampler.Next(Logits)));
    }
}
