using FineTune.Evaluation;

namespace FineTune.Tests.Evaluation;

public sealed class RougeTests
{
    [Fact]
    public void Score_OfAMissingWord_LosesRecallOnly()
    {
        var scores = Rouge.Score("the cat was found under the bed", "the cat was under the bed");

        Assert.Equal((1.0, 6.0 / 7), (scores.Rouge1.Precision, scores.Rouge1.Recall));
        Assert.Equal((4.0 / 5, 4.0 / 6), (scores.Rouge2.Precision, scores.Rouge2.Recall));
        Assert.Equal(12.0 / 13, scores.RougeL.FMeasure, 12);
    }

    [Fact]
    public void RougeLsum_MatchesLinesInAnyOrder()
    {
        var scores = Rouge.Score("first line\nsecond row", "second row\nfirst line");

        Assert.Equal(0.5, scores.RougeL.FMeasure);
        Assert.Equal(1.0, scores.RougeLsum.FMeasure);
    }

    [Theory]
    [InlineData("", "text")]
    [InlineData("text", "")]
    [InlineData("", "")]
    [InlineData("!?", "…")]
    public void Score_WithoutWords_IsZero(string target, string prediction)
    {
        var scores = Rouge.Score(target, prediction);

        Assert.Equal(default, scores.Rouge1);
        Assert.Equal(default, scores.RougeL);
        Assert.Equal(default, scores.RougeLsum);
    }

    [Fact]
    public void Stemmer_ComparesStems_OfLongWordsOnly()
    {
        Assert.Equal(0, Rouge.Score("running", "runs").Rouge1.FMeasure);
        Assert.Equal(1, Rouge.Score("running", "runs", useStemmer: true).Rouge1.FMeasure);
        Assert.Equal(0, Rouge.Score("its", "it", useStemmer: true).Rouge1.FMeasure);
    }

    [Fact]
    public void ScoreBest_WithoutReferences_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Rouge.ScoreBest([], "text"));
}
