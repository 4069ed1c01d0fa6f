using FineTune.Recipes;
using FineTune.Training;

namespace FineTune.Tests.Training;

public sealed class RunFolderTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("finetune-");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void AnAdapterGoesToAdapter_AWholeModelToModel()
    {
        Assert.Equal(Path.Combine("runs", "Docs", "adapter"), RunFolder.Of(Recipe() with { Adapter = new() }).AdapterFolder);
        Assert.Equal(Path.Combine("runs", "Docs", "model"), RunFolder.Of(Recipe()).AdapterFolder);
    }

    [Fact]
    public void SetAside_KeepsTheRun_AndReplacesAnEarlierOne()
    {
        var folder = RunFolder.Of(Recipe(), _root.FullName);
        Assert.False(folder.SetAside());

        Write(folder.ReportFile, "first");
        Assert.True(folder.SetAside());
        Write(folder.ReportFile, "second");
        Assert.True(folder.SetAside());

        Assert.False(Directory.Exists(folder.Path));
        Assert.Equal("second", File.ReadAllText(Path.Combine(folder.PreviousPath, "report.json")));
    }

    [Fact]
    public void TakeBack_RestoresTheRun()
    {
        var folder = RunFolder.Of(Recipe(), _root.FullName);
        Write(folder.ReportFile, "old");
        folder.SetAside();
        Write(folder.MetricsFile, "begun");

        folder.TakeBack();

        Assert.Equal("old", File.ReadAllText(folder.ReportFile));
        Assert.False(File.Exists(folder.MetricsFile));
    }

    [Fact]
    public void Inputs_ChangeWithWeightsAndData_NotWithTheModelsReadme()
    {
        var options = Recipe(Path.Combine(_root.FullName, "model"), Path.Combine(_root.FullName, "train.jsonl"));
        Write(options.Data.Train[0].Path, "{}");
        Write(Path.Combine(options.Model.Base, "config.json"), "{}");
        Write(Path.Combine(options.Model.Base, "model.safetensors"), "weights");
        var before = RunInputs.Of(options);

        Write(Path.Combine(options.Model.Base, "README.md"), "hello");
        Assert.Equal(before, RunInputs.Of(options));

        Write(Path.Combine(options.Model.Base, "model.safetensors"), "Weights");
        var changed = RunInputs.Of(options);
        Assert.NotEqual(before.BaseModel, changed.BaseModel);
        Assert.Equal("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a", changed.TrainingData);
        Assert.Null(changed.TestData);

        var random = options with { Model = options.Model with { Initialization = ModelInitialization.Random } };
        var withoutWeights = RunInputs.Of(random);
        Write(Path.Combine(options.Model.Base, "model.safetensors"), "other");
        Assert.Equal(withoutWeights, RunInputs.Of(random));
    }

    [Fact]
    public void Inputs_MissingFiles_AreNamed()
    {
        var exception = Assert.Throws<FineTuneException>(() => RunInputs.Of(Recipe("nowhere", "none.jsonl")));
        Assert.Equal("FT5011", exception.Code);
        Assert.Contains(Path.GetFullPath("nowhere"), exception.Message, StringComparison.Ordinal);
    }

    private static RecipeOptions Recipe(string model = "models/tiny", string train = "train.jsonl") => new()
    {
        Name = "Docs",
        Model = new() { Base = model },
        Data = new() { Train = train },
    };

    private static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
