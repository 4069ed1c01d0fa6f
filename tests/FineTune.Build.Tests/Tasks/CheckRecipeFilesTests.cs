using FineTune.Build.Tasks;
using FineTune.TestSupport;

namespace FineTune.Build.Tests.Tasks;

/// <summary>Over this assembly's own attributes; see RecipeFileReferenceTests.</summary>
public sealed class CheckRecipeFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RecordingBuildEngine _engine = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void MissingFile_IsAnErrorAtItsPlace()
    {
        Assert.False(Run(typeof(CheckRecipeFilesTests).Assembly.Location));

        var error = Assert.Single(_engine.Errors, e => e.Code == "FT3020");
        Assert.Equal((_folder.File("src/Recipes.cs"), 12, 300), (error.File, error.LineNumber, error.ColumnNumber));
    }

    [Fact]
    public void UnreadableAssembly_IsErrorFT3022()
    {
        Assert.False(Run(_folder.Write("App.dll", "text")));

        Assert.Equal("FT3022", Assert.Single(_engine.Errors).Code);
    }

    private bool Run(string assembly) =>
        new CheckRecipeFiles { BuildEngine = _engine, Assembly = assembly, ProjectFolder = _folder.Path }.Execute();
}
