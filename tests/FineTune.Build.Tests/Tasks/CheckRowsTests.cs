using FineTune.Build.Tasks;
using FineTune.TestSupport;

namespace FineTune.Build.Tests.Tasks;

public sealed class CheckRowsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RecordingBuildEngine _engine = new();

    public CheckRowsTests()
    {
        FakeProgram.SkipWithoutShell();
        _folder.Write("data/train.jsonl", "{}");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Findings_AreErrorsAndWarningsAtTheirRows()
    {
        Assert.False(Run("echo 'data/train.jsonl:2: error FT5311: No trained token.'; echo 'data/train.jsonl:3: warning FT5148: Again.'; exit 1"));

        var error = Assert.Single(_engine.Errors);
        Assert.Equal(("FT5311", _folder.File("data/train.jsonl"), 2, "No trained token."), (error.Code, error.File, error.LineNumber, error.Message));
        var warning = Assert.Single(_engine.Warnings);
        Assert.Equal(("FT5148", _folder.File("data/train.jsonl"), 3, "Again."), (warning.Code, warning.File, warning.LineNumber, warning.Message));
    }

    [Fact]
    public void PlaceThatIsNoFile_IsToldInTheText()
    {
        Assert.False(Run("echo 'data.chat_template: error FT5126: There is none.'; exit 1"));

        Assert.Equal("data.chat_template: There is none.", Assert.Single(_engine.Errors).Message);
    }

    [Fact]
    public void WarningsAlone_LetTheBuildSucceed()
    {
        Assert.True(Run("echo 'data/train.jsonl:3: warning FT5148: Again.'"));

        Assert.Empty(_engine.Errors);
    }

    [Fact]
    public void ProgramThatBreaks_IsAWarningWithWhatItSaid()
    {
        Assert.True(Run("echo 'You must install .NET.' >&2; exit 134"));

        Assert.Empty(_engine.Errors);
        var warning = Assert.Single(_engine.Warnings, warning => warning.Code == "FT3060");
        Assert.Contains("134 and said: You must install .NET.", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Program_IsRunInTheProjectsFolder_ByTheStartupHook()
    {
        Assert.True(Run("echo \"$PWD|$DOTNET_STARTUP_HOOKS|$*\""));

        Assert.Contains(_engine.Messages, message => message.EndsWith("|FineTune.Runtime|exec App.dll check-rows 7", StringComparison.Ordinal));
    }

    [Fact]
    public void Executable_IsRunByItself()
    {
        string program = FakeProgram.Write(_folder.File("app"), "echo \"by itself: $*\"");

        Assert.True(new CheckRows { BuildEngine = _engine, Program = program, Rows = 7, ProjectFolder = _folder.Path }.Execute());

        Assert.Contains("by itself: check-rows 7", _engine.Messages);
    }

    private bool Run(string script) => new CheckRows
    {
        BuildEngine = _engine,
        Host = FakeProgram.Write(_folder.File("bin/dotnet"), script),
        Program = "App.dll",
        Rows = 7,
        ProjectFolder = _folder.Path,
    }.Execute();
}
