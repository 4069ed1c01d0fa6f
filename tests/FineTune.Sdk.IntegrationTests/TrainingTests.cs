using System.Text.Json;
using FineTune.TestSupport;

namespace FineTune.Sdk.IntegrationTests;

/// <summary>From the package to trained weights, outside the repository.</summary>
public sealed class TrainingTests(PackedFeed feed)
{
    [Fact]
    public void Project_TrainsOutsideTheRepository_AndKnowsAFinishedRun()
    {
        using OutsideProject project = Create("");
        project.BuildCleanly();

        CommandResult first = project.Start("train");
        Assert.True(first.ExitCode == 0, first.Text);
        Assert.Equal(3, Losses(project).Count);
        Assert.All(Losses(project), loss => Assert.InRange(loss, 0.1, 20));
        string weights = Assert.Single(Directory.GetFiles(project.File("runs/Tiny/model"), "*.safetensors"));
        byte[] before = File.ReadAllBytes(weights);

        CommandResult second = project.Start("train");
        Assert.True(second.ExitCode == 0, second.Text);
        Assert.Equal(before, File.ReadAllBytes(weights));
        Assert.Equal(3, Losses(project).Count);
    }

    [Fact]
    public void ExistingLibtorch_IsUsedWhereItIs()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Directory.Exists(NativeLibraryTests.LibTorchInCache), "The libtorch for linux-x64 stands in for an installed one.");
        using OutsideProject project = Create($"""
            <FineTuneDevice>external</FineTuneDevice>
            <FineTuneLibTorchPath>{NativeLibraryTests.LibTorchInCache}</FineTuneLibTorchPath>
            """);
        project.BuildCleanly();
        Assert.Empty(Directory.GetFiles(project.File("bin"), "libtorch*.so", SearchOption.AllDirectories));

        CommandResult plan = project.Start("plan");
        Assert.True(plan.ExitCode == 0, plan.Text);
        CommandResult train = project.Start("train");
        Assert.True(train.ExitCode == 0, train.Text);
    }

    [Fact]
    public void WithoutLibtorch_TrainingSaysWhatToDo()
    {
        using OutsideProject project = Create("<FineTuneDevice>none</FineTuneDevice>");
        project.BuildCleanly();

        CommandResult train = project.Start("train");

        Assert.Equal(1, train.ExitCode);
        Assert.Contains("error FT5020: The program has no libtorch", train.Errors, StringComparison.Ordinal);
    }

    private OutsideProject Create(string properties) => TrainingProject.Create(feed, properties);

    private static List<double> Losses(OutsideProject project) =>
    [
        .. File.ReadLines(project.File("runs/Tiny/metrics.jsonl")).Select(line =>
        {
            using JsonDocument step = JsonDocument.Parse(line);
            return step.RootElement.GetProperty("loss").GetDouble();
        }),
    ];
}
