using System.Text.Json;
using FineTune.Storage;
using FineTune.Training;

namespace FineTune.Tests.Training;

[Collection(nameof(RandomState))]
public sealed class MixtureRunTests
{
    [Fact]
    public void AResumedRun_EndsWithTheBitsOfAnUninterruptedOne()
    {
        using var whole = Mixture(0.5);
        using var parts = Mixture(0.5);
        Train(whole);
        foreach (var stop in new[] { 2, 5, 9 })
            Assert.True(Train(parts, stop).Interrupted);
        Train(parts);
        Assert.Equal(Weights(whole), Weights(parts));
    }

    [Fact]
    public void ThePlan_CountsWhatAnEpochUses()
    {
        using var project = Mixture(0.5);
        var plan = TrainingRun.Plan(project.Pipeline, project.Options);
        Assert.Equal([new(project.DataPath, 2, 24, 48), new(Second(project), 0.5, 11, 6)], plan.Files);
        Assert.Equal((35, 54), (plan.Rows, plan.Sequences));
    }

    [Fact]
    public void AnotherWeight_IsAnotherRun_AndAnotherNameOfAFileIsNot()
    {
        using var project = Mixture(0.5);
        var run = Identity(project);
        var moved = Path.Combine(project.Root, "moved.jsonl");
        File.Move(Second(project), moved);
        project.Options = project.Options with { Data = project.Options.Data with { Train = [new(project.DataPath, 2), new(moved, 0.5)] } };
        Assert.Equal(run, Identity(project));
        project.Options = project.Options with { Data = project.Options.Data with { Train = [new(project.DataPath, 2), new(moved, 0.6)] } };
        Assert.NotEqual(run, Identity(project));
    }

    [Fact]
    public void AWeightThatLeavesNoRow_IsAnError()
    {
        using var project = Mixture(0.01);
        var error = Assert.Throws<FineTuneException>(() => TrainingRun.Plan(project.Pipeline, project.Options));
        Assert.Equal(("FT5132", Second(project)), (error.Code, error.Place));
    }

    private static TinyProject Mixture(double weight)
    {
        var project = new TinyProject();
        File.WriteAllLines(Second(project), Enumerable.Range(0, 11).Select(i => JsonSerializer.Serialize(new { question = $"north {i}", answer = " south" })));
        project.Options = project.Options with { Data = project.Options.Data with { Train = [new(project.DataPath, 2), new(Second(project), weight)] } };
        return project;
    }

    private static string Second(TinyProject project) => Path.Combine(project.Root, "second.jsonl");

    private static string Identity(TinyProject project) => RunIdentity.Of(project.Options, RunInputs.Of(project.Options));

    private static TrainingResult Train(TinyProject project, int? stopAfter = null)
    {
        using var observer = new RecordingObserver { StopAfter = stopAfter };
        return TrainingRun.Execute(project.Pipeline, project.Options, project.Folder, observer, observer.Stop);
    }

    private static string Weights(TinyProject project)
    {
        using var reader = SafetensorsReader.Open(Directory.EnumerateFiles(project.Folder.AdapterFolder, "*.safetensors").Single());
        return string.Concat(reader.Entries.Keys.Order().Select(name => name + Convert.ToHexString(reader.ReadBytes(name))));
    }
}
