using FineTune.Build.Tasks;
using FineTune.TestSupport;

namespace FineTune.Build.Tests.Tasks;

public sealed class CompileCudaKernelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RecordingBuildEngine _engine = new();

    public CompileCudaKernelTests()
    {
        FakeProgram.SkipWithoutShell();
        _folder.Write("scale.cu", "");
    }

    private string Source => _folder.File("scale.cu");

    private string Ptx => _folder.File("obj/scale.ptx");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("echo 'nvcc fatal   : Unsupported gpu architecture sm_1'; exit 1", "nvcc refused to compile the kernel: Unsupported gpu architecture sm_1")]
    [InlineData("exit 3", "nvcc ended with exit code 3 and without a message. Run it by hand: ")]
    public void CompilerThatRefuses_IsAnErrorOfTheKernel_AndLeavesNoOutput(string script, string message)
    {
        _folder.Write("obj/scale.ptx", "half");

        Assert.False(Run(script));

        var error = Assert.Single(_engine.Errors);
        Assert.Equal(("FT4002", Source), (error.Code, error.File));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Ptx));
    }

    [Fact]
    public void WarningOfTheCompiler_IsOneAtItsLine()
    {
        Assert.True(Run($"echo '{Source}(3,7): warning: unused variable'"));

        var warning = Assert.Single(_engine.Warnings);
        Assert.Equal(("FT4004", Source, 3, 7, "unused variable"), (warning.Code, warning.File, warning.LineNumber, warning.ColumnNumber, warning.Message));
    }

    private bool Run(string script) => new CompileCudaKernel
    {
        BuildEngine = _engine,
        Source = Source,
        CompilerPath = FakeProgram.Write(_folder.File("bin/nvcc"), script),
        Architecture = "sm_70",
        HeaderFolder = _folder.Path,
        PtxFile = Ptx,
        DependencyFile = _folder.File("obj/scale.d"),
    }.Execute();
}
