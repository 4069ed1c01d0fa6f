namespace FineTune.Samples.Tests;

/// <summary>The build step that makes the data, under the real build engine.</summary>
public sealed class DocsDatasetTargetsTests
{
    private const string Ran = "train.jsonl: ";

    [Fact]
    public void Data_IsMadeWhenMissingOrOlderThanThePacks_AndOnlyThen()
    {
        using var project = new DocsDatasetProject();
        Assert.Contains(Ran, Succeeds(project), StringComparison.Ordinal);
        Assert.True(File.Exists(project.Data("train.jsonl")) && File.Exists(project.Data("test.jsonl")));
        Assert.DoesNotContain(Ran, Succeeds(project), StringComparison.Ordinal);

        File.Delete(project.Data("test.jsonl"));
        Assert.Contains(Ran, Succeeds(project), StringComparison.Ordinal);
        File.SetLastWriteTimeUtc(project.PackFile("System.Collections.xml"), DateTime.UtcNow.AddMinutes(1));
        Assert.Contains(Ran, Succeeds(project), StringComparison.Ordinal);
    }

    [Fact]
    public void Clean_RemovesTheData()
    {
        using var project = new DocsDatasetProject();
        Succeeds(project);

        Assert.Equal(0, project.Clean().ExitCode);

        Assert.False(File.Exists(project.Data("train.jsonl")) || File.Exists(project.Data("test.jsonl")));
    }

    [Fact]
    public void MalformedDocumentation_IsABuildErrorAtItsPlace()
    {
        using var project = new DocsDatasetProject();
        File.WriteAllText(project.PackFile("System.Collections.xml"), "<doc>\n<members");

        var result = project.Build();

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("System.Collections.xml(2,", result.Output, StringComparison.Ordinal);
        Assert.Contains("error DOCS0001: The documentation file is not well-formed XML:", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void MissingPack_IsABuildErrorThatSaysWhatToInstall()
    {
        using var project = new DocsDatasetProject();
        project.DeletePack();

        var result = project.Build();

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("error DOCS0003: The .NET SDK has no folder", result.Output, StringComparison.Ordinal);
        Assert.Contains("Microsoft.AspNetCore.App.Ref", result.Output, StringComparison.Ordinal);
    }

    private static string Succeeds(DocsDatasetProject project)
    {
        var result = project.Build();
        Assert.True(result.ExitCode == 0, result.Text);
        return result.Output;
    }
}
