using FineTune.Build.Tasks;
using FineTune.Facts;
using FineTune.TestSupport;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace FineTune.Build.Tests.Tasks;

public sealed class FactTasksTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RecordingBuildEngine _engine = new();

    public FactTasksTests()
    {
        TinyModel.Write(_folder.File("models/tiny"));
        _folder.Write("data/train.jsonl", "{\"text\": \"a\"}");
        _folder.Write("a.recipe.yaml", "model: { base: models/tiny }\ndata: { train: data/train.jsonl, test: data/absent.jsonl }");
        _folder.Write("Code.cs", "[BaseModel(\"Qwen/Qwen3-0.6B\")] class A; [Dataset(\"data/train.jsonl\")] class B; [BaseModel(\"./models/tiny\")] class C;");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WhatIsOnDisk_IsFoundOnce()
    {
        ITaskItem[] sources = Find();

        Assert.Equal(["models/tiny", "data/train.jsonl", "./models/tiny"], sources.Select(source => source.GetMetadata("Name")));
        Assert.Equal(["true", "false", "true"], sources.Select(source => source.GetMetadata("IsModel")));
        Assert.Equal(3, sources.Select(source => source.ItemSpec).Distinct().Count());
        Assert.Equal(5, File.ReadAllLines(_folder.File("obj/facts.list")).Length);
    }

    [Fact]
    public void Facts_AreWritten_AndNotTouchedWhereNothingChanged()
    {
        foreach (ITaskItem source in Find())
            Assert.True(Read(source));
        string facts = Find()[0].ItemSpec;
        File.SetLastWriteTimeUtc(facts, new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        Assert.True(Read(Find()[0]));

        Assert.Equal(2000, File.GetLastWriteTimeUtc(facts).Year);
        Assert.Equal("llama", ModelFactsText.Read(File.ReadAllText(facts)).ModelType);
        Assert.Equal("{{ messages }}", File.ReadAllText(Find()[0].GetMetadata("Template")));
    }

    [Fact]
    public void TwoNamesOfOneFolder_DoNotShareATemplatesFile()
    {
        _folder.Write("models/tiny/chat_template.jinja", "own");
        Find();

        string[] templates = [.. File.ReadAllLines(_folder.File("obj/facts.list")).Where(line => line.Contains("|ChatTemplate|", StringComparison.Ordinal)).Select(line => line.Split('|')[0])];
        Assert.Equal(_folder.File("models/tiny/chat_template.jinja"), templates[0]);
        Assert.StartsWith(_folder.File("obj"), templates[1], StringComparison.Ordinal);
    }

    [Fact]
    public void SourceThatIsGone_LeavesNothingBehind()
    {
        foreach (ITaskItem source in Find())
            Read(source);
        Directory.Delete(_folder.File("models"), recursive: true);

        ITaskItem left = Assert.Single(Find());

        Assert.Equal(
            [Path.GetFileName(left.ItemSpec), Path.GetFileName(left.GetMetadata("Stamp")), Path.ChangeExtension(Path.GetFileName(left.GetMetadata("Stamp")), ".inputs"), "facts.list"],
            Directory.GetFiles(_folder.File("obj")).Select(Path.GetFileName).OrderBy(file => file == "facts.list").ThenBy(file => Path.GetExtension(file) switch { ".facts" => 0, ".read" => 1, _ => 2 }));
    }

    [Fact]
    public void BrokenFile_IsAnErrorAtItsLine_AndOldFactsGo()
    {
        ITaskItem source = Find()[1];
        Read(source);
        string data = _folder.Write("data/train.jsonl", "{\"text\": \"a\"}\n{");

        Assert.False(Read(source));

        BuildErrorEventArgs error = Assert.Single(_engine.Errors);
        Assert.Equal(("FT5012", data, 2), (error.Code, error.File, error.LineNumber));
        Assert.False(File.Exists(source.ItemSpec));
    }

    [Fact]
    public void FolderThatCannotBeWritten_IsErrorFT3030()
    {
        _folder.Write("obj", "a file");

        var task = new FindFactSources { BuildEngine = _engine, ProjectFolder = _folder.Path, FactsFolder = _folder.File("obj"), ListFile = _folder.File("obj/facts.list") };

        Assert.False(task.Execute());
        Assert.Equal("FT3030", Assert.Single(_engine.Errors).Code);
    }

    private ITaskItem[] Find()
    {
        var task = new FindFactSources
        {
            BuildEngine = _engine,
            Recipes = [new TaskItem(_folder.File("a.recipe.yaml"))],
            Sources = [new TaskItem(_folder.File("Code.cs")), new TaskItem(_folder.File("absent.cs"))],
            ProjectFolder = _folder.Path,
            FactsFolder = _folder.File("obj"),
            ListFile = _folder.File("obj/facts.list"),
        };
        Assert.True(task.Execute());
        return task.FactSources;
    }

    private bool Read(ITaskItem source) => new ReadFacts
    {
        BuildEngine = _engine,
        IsModel = source.GetMetadata("IsModel") == "true",
        Name = source.GetMetadata("Name"),
        Source = source.GetMetadata("Source"),
        FactFile = source.ItemSpec,
        TemplateFile = source.GetMetadata("Template"),
        Stamp = source.GetMetadata("Stamp"),
    }.Execute();
}
