using FineTune.Recipes;
using FineTune.Training;

namespace FineTune.Tests.Training;

/// <summary>What training says of rows that teach something else than they seem to.</summary>
[Collection(nameof(RandomState))]
public sealed class RowCheckTests : IDisposable
{
    private readonly TinyProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void GoodRows_AreNotSpokenOf() => Assert.Empty(Notices());

    [Fact]
    public void ADoubledRow_IsCounted()
    {
        _project.WriteRows([("red", " one"), ("blue", " two"), ("red", " one"), ("red", " one")]);
        Assert.Equal(
            $"{_project.DataPath}:3: warning FT5148: The row is the same as {_project.DataPath}:1. Remove one of them; if rows are to count more than once, give their file a "
            + "weight. 2 rows of the file are like this one.",
            Assert.Single(Notices()));
    }

    [Fact]
    public void AHeldOutRowThatIsTrainedOn_IsCounted()
    {
        _project.WriteRows([("red", " one"), ("blue", " two")]);
        _project.WriteTestRows([("green", " one"), ("blue", " two")]);
        var notice = Assert.Single(Notices());
        Assert.Contains("test.jsonl:2: warning FT5149: ", notice, StringComparison.Ordinal);
        Assert.Contains("train.jsonl:2", notice, StringComparison.Ordinal);
    }

    [Fact]
    public void ATokenAcrossTheBorder_IsNamed()
    {
        _project.WriteRows([("red", " one"), ("blue", "red red")]);
        _project.Pipeline.Separator = " ";
        Assert.Contains(Notices(), notice => notice.Contains("warning FT5145: The token ' ", StringComparison.Ordinal));
    }

    [Fact]
    public void AReplacementCharacter_IsTold()
    {
        _project.WriteRows([("red", " \uFFFD one")]);
        Assert.Contains("train.jsonl:1: warning FT5146: ", Assert.Single(Notices()), StringComparison.Ordinal);
    }

    [Fact]
    public void AnUntrainedEnd_IsTold()
    {
        _project.Pipeline.Ending = " bye";
        Assert.Contains("24 rows of the file are like this one.", Assert.Single(Notices(), notice => notice.Contains("FT5144", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void ATextThatEndsWithEndOfSequence_DoesNotGetAnother()
    {
        _project.WriteRows([("red", " one"), ("blue", " two<|end|>")]);
        var plan = TrainingRun.Plan(_project.Pipeline, _project.Options);
        _project.WriteRows([("red", " one"), ("blue", " two")]);
        Assert.Equal(TrainingRun.Plan(_project.Pipeline, _project.Options).TrainedTokensPerEpoch, plan.TrainedTokensPerEpoch);
    }

    [Fact]
    public void TwoBeginnings_AreAnError()
    {
        _project.MakeTokenizerBeginTexts();
        Assert.Empty(Notices());
        _project.Pipeline.Beginning = "<|end|>";
        Assert.Equal(("FT5125", $"{_project.DataPath}:1"), Mistake());
    }

    [Fact]
    public void FilteredRows_AreCounted_AndMappedOnesChanged()
    {
        _project.WriteRows([("red", " one"), ("blue", " two"), ("green", " three")]);
        var all = TrainingRun.Plan(_project.Pipeline, _project.Options);
        _project.Pipeline.Keep = row => row.Question != "blue";
        _project.Pipeline.Change = row => row with { Answer = row.Answer + " one" };
        var plan = TrainingRun.Plan(_project.Pipeline, _project.Options);
        Assert.Equal((3, 1, 2), (plan.Rows, plan.FilteredRows, plan.Sequences));
        Assert.True(plan.TrainedTokensPerEpoch < all.TrainedTokensPerEpoch + 2);
        Assert.Contains("of 3 rows 1 left out by the recipe's Filter.", Assert.Single(Notices()), StringComparison.Ordinal);
    }

    [Fact]
    public void AFilterThatLeavesNothing_IsAnError()
    {
        _project.Pipeline.Keep = _ => false;
        Assert.Equal("FT5312", Mistake().Code);
    }

    [Fact]
    public void AFilterThatFails_NamesTheRow()
    {
        _project.Pipeline.Keep = row => row.Question.Length > 3 ? true : throw new FormatException("odd");
        _project.WriteRows([("green", " one"), ("red", " two")]);
        var error = Assert.Throws<FineTuneException>(() => TrainingRun.Plan(_project.Pipeline, _project.Options));
        Assert.Equal(("FT5131", $"{_project.DataPath}:2"), (error.Code, error.Place));
        Assert.Matches(@"^The recipe's Filter threw FormatException at .*RowCheckTests\.cs:\d+: odd$", error.Message);
    }

    [Fact]
    public void PoliciesForLongRows_AreReportedByFile()
    {
        _project.WriteRows([("red", " one"), (string.Concat(Enumerable.Repeat("north ", 60)), " two three")]);
        _project.Options = _project.Options with { Data = _project.Options.Data with { Overlong = OverlongRows.TruncateStart, MaxLength = 40 } };
        Assert.Equal($"{_project.DataPath}: of 2 rows 1 cut.", Assert.Single(Notices()));
    }

    private (string Code, string? Place) Mistake()
    {
        var error = Assert.Throws<FineTuneException>(() => TrainingRun.Plan(_project.Pipeline, _project.Options));
        return (error.Code, error.Place);
    }

    private List<string> Notices()
    {
        _project.Options = _project.Options with { Training = _project.Options.Training with { MaxSteps = 1 } };
        using var observer = new RecordingObserver();
        TrainingRun.Execute(_project.Pipeline, _project.Options, RunFolder.Of(_project.Options, Directory.CreateTempSubdirectory("finetune-run-").FullName), observer, observer.Stop);
        return observer.Notices;
    }
}
