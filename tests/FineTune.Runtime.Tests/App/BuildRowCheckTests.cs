using System.Reflection;
using FineTune.App;
using FineTune.Recipes;
using FineTune.Tests.Training;

namespace FineTune.Tests.App;

/// <summary>What a build says of the first rows of recipes.</summary>
[Collection(nameof(RandomState))]
public sealed class BuildRowCheckTests : IDisposable
{
    private readonly TinyProject _project = new();
    private readonly StringWriter _output = new();

    public void Dispose()
    {
        _project.Dispose();
        _output.Dispose();
    }

    [Fact]
    public void GoodRows_AreNotSpokenOf()
    {
        Assert.True(Check(rows: 100));
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public void OnlyTheFirstRows_AreChecked()
    {
        _project.WriteRows([("red", " one"), ("red", " one"), ("blue", " two"), ("red", " one")]);
        _project.WriteTestRows([("green", " three"), ("blue", " two")]);
        Assert.True(Check(rows: 3));
        Assert.Equal(
            [
                $"{_project.DataPath}:2: warning FT5148: The row is the same as {_project.DataPath}:1. Remove one of them; if rows are to count more than once, give their file a weight.",
                $"{_project.Options.Data.Test}:2: warning FT5149: The held-out row is trained on too, in {_project.DataPath}:3, so that part of what is measured is memory. Remove it from one of the two.",
            ],
            Lines());
    }

    [Fact]
    public void AFinding_IsOneLineForAllRowsOfAFileThatHaveIt()
    {
        _project.WriteRows(Enumerable.Repeat(("red", " one"), 5));
        Assert.True(Check(rows: 4));
        Assert.EndsWith(" 3 rows of the file's first 4 are like this one.", Assert.Single(Lines()), StringComparison.Ordinal);
    }

    [Fact]
    public void ARowThatCannotBeTrained_IsAnError_AndTheOthersAreStillTold()
    {
        File.WriteAllLines(_project.DataPath, ["""{"question": "red", "answer": ""}""", "{", """{"question": "red", "answer": " one"}""", """{"question": "red", "answer": " one"}"""]);
        Assert.False(Check(rows: 100));
        Assert.Equal(["1: error FT5311", "2: error FT5012", "4: warning FT5148"], Lines().Select(line => line[(_project.DataPath.Length + 1)..].Split(':') is var parts ? $"{parts[0]}:{parts[1]}" : ""));
    }

    [Fact]
    public void RecipesThatShareRows_SayTheSameOnce()
    {
        _project.WriteRows([("red", " one"), ("red", " one")]);
        Assert.True(new BuildRowCheck(100).Check([new Pipeline(_project.Options), new Pipeline(_project.Options)], _output));
        Assert.Single(Lines());
    }

    [Fact]
    public void WhatComesToBeLater_IsNotSpokenOf()
    {
        File.Delete(_project.DataPath);
        Assert.True(Check(rows: 100));
        File.Delete(Path.Combine(_project.ModelFolderPath, "tokenizer.json"));
        Assert.True(Check(rows: 100));
        Directory.Delete(_project.ModelFolderPath, recursive: true);
        Assert.True(Check(rows: 100));
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public void AModelOfAnotherKind_IsAnErrorWithItsPlace()
    {
        File.WriteAllText(Path.Combine(_project.ModelFolderPath, "config.json"), "{");
        Assert.False(Check(rows: 100));
        Assert.Contains("config.json", Assert.Single(Lines()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("train", "Tiny")]
    [InlineData("check-rows")]
    [InlineData("check-rows", "many")]
    [InlineData("check-rows", "-1")]
    public void OtherCommandLines_AreTheProgramsOwn(params string[] args) =>
        Assert.Null(BuildRowCheck.Run(typeof(BuildRowCheckTests).Assembly, args));

    [Fact]
    public void StartupHook_IsWhatDotnetLooksFor()
    {
        var hook = typeof(BuildRowCheck).Assembly.GetType("StartupHook");
        Assert.NotNull(hook?.GetMethod("Initialize", BindingFlags.Public | BindingFlags.Static, Type.EmptyTypes));
    }

    private bool Check(int rows) => new BuildRowCheck(rows).Check([new Pipeline(_project.Options)], _output);

    private string[] Lines() => _output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    private sealed class Pipeline(RecipeOptions options) : TinyProject.TinyPipeline
    {
        public override RecipeOptions Options => options;
    }
}
