using FineTune.Build.Tasks;
using FineTune.TestSupport;

namespace FineTune.Build.Tests.Tasks;

public sealed class TrainRecipeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RecordingBuildEngine _engine = new();

    public TrainRecipeTests() => FakeProgram.SkipWithoutShell();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ProgramThatEndsWithoutAnError_IsOne()
    {
        Assert.False(Run("echo 'step 1'; exit 137"));

        var error = Assert.Single(_engine.Errors);
        Assert.Equal("FT3052", error.Code);
        Assert.StartsWith("The training of 'Docs' ended with exit code 137 and without an error.", error.Message, StringComparison.Ordinal);
        Assert.Contains("step 1", _engine.Messages);
    }

    [Fact]
    public void ProgramThatSaysWhy_IsNotSpokenOf()
    {
        Assert.False(Run("echo 'error FT5008: There is not enough memory.'; exit 1"));

        Assert.Equal("FT5008", Assert.Single(_engine.Errors).Code);
    }

    private bool Run(string script) => new TrainRecipe
    {
        BuildEngine = _engine,
        Host = FakeProgram.Write(_folder.File("bin/dotnet"), script),
        Program = "App.dll",
        Recipe = "Docs",
        ProjectFolder = _folder.Path,
    }.Execute();
}
