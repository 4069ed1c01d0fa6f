using FineTune.App;
using FineTune.Data.Checks;

namespace FineTune.Tests.App;

public sealed class DataCommandTests : CommandLineTests
{
    [Fact]
    public void GoodRows_AreCounted()
    {
        Runner.Checked = [new CheckedFile("train.jsonl", IsTest: false) { Rows = 1200, Tokens = 50_000, TrainedTokens = 25_000, Longest = 99 }];
        Assert.Equal(ExitCode.Done, Run("data"));
        Assert.Matches(@"train\.jsonl\s+1,200\s+50\.0 k\s+50\.0 %\s+99\s+0\s+0", Output);
        Assert.Contains("Every row is as it should be.", Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Mistakes_AreListedByLine_AndEndWithExitCode1()
    {
        Runner.Checked =
        [
            new CheckedFile("train.jsonl", IsTest: false)
            {
                Rows = 9,
                Findings =
                [
                    new("FT5012", true, "The line is no row.", "train.jsonl:2"), .. Enumerable.Range(3, 5).Select(line => new RowFinding("FT5148", false, "Again.", $"train.jsonl:{line}")),
                ],
            },
        ];
        Assert.Equal(ExitCode.UserMistake, Run("data", "--max", "2"));
        Assert.Equal(
            ["train.jsonl:2: error FT5012: The line is no row.", "train.jsonl:3: warning FT5148: Again.", "train.jsonl:4: warning FT5148: Again.", "train.jsonl: 3 more rows with FT5148; --max lists more."],
            Output.ReplaceLineEndings("\n").Split('\n').Take(4));
        Assert.Contains("1 error, 5 warnings.", Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Warnings_AreNoFailure()
    {
        Runner.Checked = [new CheckedFile("train.jsonl", IsTest: false) { Rows = 9, Findings = [new("FT5148", false, "Again.", "train.jsonl:4")] }];
        Assert.Equal(ExitCode.Done, Run("data"));
        Assert.Contains("0 errors, 1 warning.", Output, StringComparison.Ordinal);
    }
}
