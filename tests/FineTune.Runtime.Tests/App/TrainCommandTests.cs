using System.Text.Json;
using FineTune.App;

namespace FineTune.Tests.App;

public sealed class TrainCommandTests : CommandLineTests
{
    [Fact]
    public void NoArguments_Train_Measure_AndShowTheResult()
    {
        Assert.Equal(ExitCode.Done, Run());
        Assert.Equal(["inputs", "train", "evaluate 200"], Runner.Calls);
        Assert.Empty(Error);
        Assert.Contains("LoRA of rank 16 on models/tiny", Output, StringComparison.Ordinal);
        Assert.Contains("6.00 M parameters, 480 k trained (8.0 %); 993 rows", Output, StringComparison.Ordinal);
        Assert.Contains("step 1 of 4  loss 4.0000  learning rate 1.00e-04", Output, StringComparison.Ordinal);
        Assert.Contains("step 4 of 4", Output, StringComparison.Ordinal);
        Assert.DoesNotContain("step 3 of 4", Output, StringComparison.Ordinal);
        Assert.Matches(@"perplexity \(lower is better\)\W+20\.50\W+8\.20\W+-60\.0 %", Output);
        Assert.Matches(@"ROUGE-L\W+0\.125\W+0\.350\W+\+0\.225", Output);
        Assert.Contains("2 held-out rows of test.jsonl", Output, StringComparison.Ordinal);
        Assert.Contains("Q: [red]2+2[/]", Output, StringComparison.Ordinal);
        Assert.Contains("␛[31mfive", Output, StringComparison.Ordinal);
        Assert.Contains("(nothing)", Output, StringComparison.Ordinal);
        Assert.Contains(Path.Combine("runs", "Questions", "adapter"), Output, StringComparison.Ordinal);
        Assert.Contains("dotnet run -- generate ", Output, StringComparison.Ordinal);
    }

    [Fact]
    public void TheReport_HasTheNamesThatScriptsRead()
    {
        Run("train");
        using var report = JsonDocument.Parse(File.ReadAllText("runs/Questions/report.json"));
        var root = report.RootElement;
        Assert.Equal(
            ["recipe", "hashes", "versions", "seed", "steps", "trained_tokens", "tokens_per_second", "seconds_to_first_step", "peak_memory_bytes", "final_loss", "evaluation"],
            root.EnumerateObject().Select(property => property.Name));
        Assert.Equal("Questions", root.GetProperty("recipe").GetString());
        Assert.Equal("base", root.GetProperty("hashes").GetProperty("base_model").GetString());
        Assert.Equal(64, root.GetProperty("hashes").GetProperty("recipe").GetString()!.Length);
        Assert.Equal(42, root.GetProperty("seed").GetInt32());
        var evaluation = root.GetProperty("evaluation");
        Assert.Equal("""{"rows":2,"base":{"perplexity":20.5,"rougeL":0.125},"tuned":{"perplexity":8.2,"rougeL":0.35}}""", JsonSerializer.Serialize(evaluation));
        Assert.True(File.Exists("runs/Questions/loss.png"));
        Assert.Equal(2, File.ReadAllLines("runs/Questions/completions.jsonl").Length);
    }

    [Fact]
    public void AFinishedRun_IsShownAgain_WithoutWork()
    {
        Run("train");
        Runner.Calls.Clear();
        Runner.Finished = true;

        Assert.Equal(ExitCode.Done, Run());
        Assert.Equal(["inputs", "train"], Runner.Calls);
        Assert.Contains("finished already", Output, StringComparison.Ordinal);
        Assert.Contains("--restart", Output, StringComparison.Ordinal);
        Assert.Matches(@"ROUGE-L\W+0\.125\W+0\.350", Output);
        Assert.Contains("Q: 3+3", Output, StringComparison.Ordinal);
    }

    [Fact]
    public void AFinishedRunWithoutScores_IsMeasured()
    {
        Run("train");
        File.Delete("runs/Questions/report.json");
        Runner.Calls.Clear();
        Runner.Finished = true;

        Run();
        Assert.Equal(["inputs", "train", "evaluate 200"], Runner.Calls);
    }

    [Fact]
    public void Restart_KeepsTheRunSoFar()
    {
        Run("train");
        File.WriteAllText("runs/Questions/mine.txt", "old");

        Assert.Equal(ExitCode.Done, Run("--restart"));
        Assert.Equal("old", File.ReadAllText("runs/Questions.previous/mine.txt"));
        Assert.False(File.Exists("runs/Questions/mine.txt"));
        Assert.True(File.Exists("runs/Questions/report.json"));
    }

    [Fact]
    public void ARestartThatCannotBegin_LeavesTheRunInPlace()
    {
        Run("train");
        Runner.FailsBeforeStart = new FineTuneException("FT5012", "The row has no column 'answer'.", "train.jsonl:7");

        Assert.Equal(ExitCode.UserMistake, Run("train", "--restart"));
        Assert.Equal("train.jsonl:7: error FT5012: The row has no column 'answer'." + Environment.NewLine, Error);
        Assert.True(File.Exists("runs/Questions/report.json"));
        Assert.False(Directory.Exists("runs/Questions.previous"));
    }

    [Fact]
    public void AnInterruptedRun_SaysHowToGoOn()
    {
        Runner.Interrupted = true;
        Assert.Equal(ExitCode.Interrupted, Run());
        Assert.Equal(["inputs", "train"], Runner.Calls);
        Assert.Contains("Stopped after step 4; its checkpoint is saved. dotnet run -- train goes on from there.", Output, StringComparison.Ordinal);
        Assert.False(File.Exists("runs/Questions/report.json"));
        Assert.True(File.Exists("runs/Questions/loss.png"));
    }

    [Fact]
    public void ADefect_GivesTheDetailsInAFile()
    {
        Runner.FailsBeforeStart = new InvalidOperationException("Two\nlines");
        Assert.Equal(ExitCode.Defect, Run());
        Assert.StartsWith("error FT5099: This is a defect of FineTune.Sdk, not of your project: Two lines", Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        var details = Assert.Single(Directory.GetFiles("runs", "crash-*.txt"));
        Assert.Contains("FakeRunner.Train", File.ReadAllText(details), StringComparison.Ordinal);
        Assert.Contains(details, Error, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatMayNotBeRead_IsSaidInOneLine()
    {
        Runner.FailsBeforeStart = Assert.Throws<UnauthorizedAccessException>(() => File.ReadAllBytes(Directory.GetCurrentDirectory()));
        Assert.Equal(ExitCode.UserMistake, Run());
        Assert.StartsWith("error FT5007: ", Error, StringComparison.Ordinal);
        Assert.Contains("Make the file or folder accessible", Assert.Single(Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public void TooLittleMemory_IsSaidInOneLine()
    {
        Runner.FailsBeforeStart = Record.Exception(() => TorchSharp.torch.empty(1L << 50).Dispose());
        Assert.Equal(ExitCode.UserMistake, Run());
        Assert.StartsWith("error FT5008: There is not enough memory.", Assert.Single(Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public void AFullDisk_IsSaidInOneLine()
    {
        Runner.FailsBeforeStart = new IOException("No space left on device : 'runs/x'", 28);
        Assert.Equal(ExitCode.UserMistake, Run());
        Assert.StartsWith("error FT5006: The disk is full", Error, StringComparison.Ordinal);
        Assert.Single(Error.TrimEnd().Split('\n'));
    }
}
