using FineTune.TestSupport;

namespace FineTune.Sdk.IntegrationTests;

/// <summary>A user's project, outside the repository, on the packed SDK.</summary>
internal sealed class OutsideProject : IDisposable
{
    /// <summary>A recipe whose files exist in every project made here.</summary>
    public const string Recipe = """
        recipe: Tiny
        model: { base: model }
        data:
          train: data/train.jsonl
          prompt: "{text|completion}"
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly PackedFeed _feed;
    private int _builds;

    /// <param name="feed">The packages.</param>
    /// <param name="properties">XML of properties; by default no libtorch, as most tests compute nothing.</param>
    /// <param name="folderName">The project's folder.</param>
    public OutsideProject(PackedFeed feed, string properties = "<FineTuneDevice>none</FineTuneDevice>", string folderName = "app")
    {
        _feed = feed;
        Root = _folder.File(folderName);
        _folder.Write("nuget.config", feed.NuGetConfig);
        Write("App.csproj", $"""<Project Sdk="FineTune.Sdk/{feed.Version}"><PropertyGroup>{properties}</PropertyGroup></Project>""");
        Write("tiny.recipe.yaml", Recipe);
        Write("data/train.jsonl", """{"text": "a"}""");
        TinyModel.Write(File("model"));
    }

    public string Root { get; }

    /// <summary>The SDK's version, for project files that tests write themselves.</summary>
    public string Version => _feed.Version;

    public string File(string name) => Path.Combine(Root, name);

    public void Write(string name, string text) => _folder.Write(Path.Combine(Root, name), text);

    /// <summary>Builds, publishes, cleans: anything that leaves a binary log.</summary>
    public BuildResult Build(params string[] arguments) => Run("build", arguments);

    public BuildResult Publish(params string[] arguments) => Run("publish", arguments);

    /// <summary>Fails the test unless the build succeeds without a warning.</summary>
    public BuildResult BuildCleanly(params string[] arguments)
    {
        BuildResult result = Build(arguments);
        Assert.True(result.Succeeded, result.Text);
        Assert.True(result.Diagnostics.Count == 0, result.Text);
        return result;
    }

    /// <summary>Runs the program as <c>dotnet run</c> from another folder does.</summary>
    public CommandResult Start(params string[] arguments) =>
        DotNet.Run(_folder.Path, _feed.Environment, ["run", "--project", Root, "--no-build", "--", .. arguments]);

    public void Dispose() => _folder.Dispose();

    private BuildResult Run(string verb, string[] arguments)
    {
        string log = _folder.File($"{++_builds}.binlog");
        CommandResult result = DotNet.Run(Root, _feed.Environment, [verb, "-nologo", $"-bl:{log}", .. arguments]);
        return new BuildResult(result, log);
    }
}
