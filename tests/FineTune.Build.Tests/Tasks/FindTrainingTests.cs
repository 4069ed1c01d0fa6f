using FineTune.Build.Tasks;
using FineTune.TestSupport;

namespace FineTune.Build.Tests.Tasks;

public sealed class FindTrainingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RecordingBuildEngine _engine = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AssemblyWithoutRecipes_IsAnErrorAtTheProject()
    {
        string project = _folder.File("App.csproj");
        var task = new FindTraining
        {
            BuildEngine = _engine,
            Assembly = typeof(FindTraining).Assembly.Location,
            ProjectFolder = _folder.Path,
            ProjectFile = project,
            StampFolder = _folder.File("obj"),
        };

        Assert.False(task.Execute());

        var error = Assert.Single(_engine.Errors);
        Assert.Equal(("FT3050", project), (error.Code, error.File));
        Assert.StartsWith("The project has no recipe to train. Add a *.recipe.yaml", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("obj")));
    }
}
