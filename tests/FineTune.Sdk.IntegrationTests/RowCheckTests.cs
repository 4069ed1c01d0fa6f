using Microsoft.Build.Logging.StructuredLogger;

namespace FineTune.Sdk.IntegrationTests;

/// <summary>The build's check of the first rows of each file.</summary>
public sealed class RowCheckTests(PackedFeed feed)
{
    private const string Target = "FineTuneCheckRows";
    private const string Good = """
        {"text": "Gets the length."}
        {"text": "Gets the name."}
        """;

    [Fact]
    public void BadRow_FailsTheBuildAtItsLine_UntilItIsMended()
    {
        using OutsideProject project = TrainingProject.Create(feed, "<FineTuneDevice>none</FineTuneDevice>");
        project.Write("tiny.recipe.yaml", TrainingProject.Recipe.Replace("prompt:", "max_length: 16\n  prompt:", StringComparison.Ordinal).Replace("pretrain", "sft", StringComparison.Ordinal));
        project.Write("data/train.jsonl", Good + "\n" + $$"""{"text": "{{string.Concat(Enumerable.Repeat("More words than fit. ", 9))}}"}""");

        for (int i = 0; i < 2; i++)
        {
            BuildResult result = project.Build();
            Assert.False(result.Succeeded, result.Text);
            Error error = Assert.Single(result.Diagnostics.OfType<Error>());
            Assert.Equal(("FT5310", project.File("data/train.jsonl"), 3), (error.Code, error.File, error.LineNumber));
        }

        project.Write("data/train.jsonl", Good);
        project.Write("tiny.recipe.yaml", TrainingProject.Recipe);
        Assert.True(project.BuildCleanly().Ran(Target));
        Assert.False(project.BuildCleanly().Ran(Target));
    }

    [Fact]
    public void Warning_LetsTheBuildSucceed_AndNoRowsAreCheckedWhereNoneAreWanted()
    {
        using OutsideProject project = TrainingProject.Create(feed, "<FineTuneDevice>none</FineTuneDevice>");
        project.Write("data/train.jsonl", Good + "\n" + Good);

        BuildResult result = project.Build();
        Assert.True(result.Succeeded, result.Text);
        Warning warning = Assert.Single(result.Diagnostics.OfType<Warning>());
        Assert.Equal(("FT5148", project.File("data/train.jsonl"), 3), (warning.Code, warning.File, warning.LineNumber));
        Assert.EndsWith(" 2 rows of the file are like this one.", warning.Text, StringComparison.Ordinal);

        Assert.False(project.BuildCleanly("-p:FineTuneCheckedRows=0", "--no-incremental").Ran(Target));
    }

    [Fact]
    public void MainOfTheProject_IsNotRun()
    {
        using OutsideProject project = TrainingProject.Create(feed, "<FineTuneDevice>none</FineTuneDevice>");
        project.Write("Program.cs", """File.WriteAllText("main-was-here", ""); return 3;""");

        Assert.True(project.BuildCleanly().Ran(Target));
        Assert.False(File.Exists(project.File("main-was-here")));
    }
}
