using FineTune.Data;

namespace FineTune.Tests.Data;

public sealed class RowMixtureTests
{
    [Fact]
    public void WithoutWeights_EveryEpochUsesEveryRowOnce() => Assert.Equal([0, 1, 2, 3, 4], Mixture((1, 2), (1, 3)).Epoch(7));

    [Fact]
    public void AWholeWeight_UsesEveryRowSoOften() => Assert.Equal([0, 1, 0, 1, 2, 3, 4], Mixture((2, 2), (1, 3)).Epoch(0));

    [Fact]
    public void AHalf_UsesTheOtherRowsInTheNextEpoch()
    {
        var mixture = Mixture((0.5, 10), (1, 2));
        var (first, second) = (mixture.Epoch(0), mixture.Epoch(1));
        Assert.Equal([10, 11], first[^2..]);
        Assert.Equal(5, first[..^2].Length);
        Assert.Equal(Enumerable.Range(0, 10), first[..^2].Concat(second[..^2]).Order());
    }

    [Fact]
    public void AFraction_UsesAllRowsEquallyOften_OverTheEpochs()
    {
        var mixture = Mixture((1.3, 10));
        var uses = Enumerable.Range(0, 10).SelectMany(mixture.Epoch).CountBy(row => row).Select(count => count.Value);
        Assert.All(uses, count => Assert.Equal(13, count));
    }

    [Fact]
    public void AnEpoch_IsTheSameWheneverItIsAsked_AndDependsOnTheSeed()
    {
        Assert.Equal(Mixture((0.5, 100)).Epoch(3), Mixture((0.5, 100)).Epoch(3));
        Assert.NotEqual(Mixture((0.5, 100)).Epoch(0), new RowMixture([(0.5, Rows(0, 100))], seed: 2).Epoch(0));
    }

    [Fact]
    public void TheSequencesOfARow_StayTogether()
    {
        var mixture = new RowMixture([(0.5, [[0, 1], [2, 3]])], seed: 1);
        Assert.Contains(mixture.Epoch(0), new[] { new[] { 0, 1 }, [2, 3] });
    }

    private static RowMixture Mixture(params (double Weight, int Rows)[] files)
    {
        var first = 0;
        return new RowMixture([.. files.Select(file => (file.Weight, Rows(first, first += file.Rows)))], seed: 1);
    }

    private static IReadOnlyList<IReadOnlyList<int>> Rows(int first, int end) =>
        [.. Enumerable.Range(first, end - first).Select(row => (IReadOnlyList<int>)[row])];
}
