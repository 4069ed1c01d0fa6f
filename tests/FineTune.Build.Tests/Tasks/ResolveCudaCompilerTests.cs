using FineTune.Build.Tasks;
using FineTune.TestSupport;

namespace FineTune.Build.Tests.Tasks;

public sealed class ResolveCudaCompilerTests : IDisposable
{
    private const string Clang14 =
        "case $1 in --version) echo 'Debian clang version 14.0.6';; --print-targets) echo '    nvptx64 - NVIDIA PTX 64-bit';; esac";

    private readonly TemporaryFolder _folder = new();
    private readonly RecordingBuildEngine _engine = new();

    public ResolveCudaCompilerTests() => FakeProgram.SkipWithoutShell();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void NvccOfTheToolkit_ComesBeforePath()
    {
        string toolkit = Fake("cuda/bin/nvcc", "echo 'Cuda compilation tools, release 12.4, V12.4.1'");
        Fake("bin/nvcc", "echo 'Cuda compilation tools, release 11.8, V11.8.89'");

        ResolveCudaCompiler task = Resolve(cudaPath: _folder.File("cuda"));

        Assert.Equal((toolkit, "12.4", "sm_70"), (task.Path, task.Version, task.DefaultArchitecture));
    }

    [Fact]
    public void NumberedClang_IsFound()
    {
        string clang = Fake("bin/clang-14", Clang14);

        Assert.Equal(clang, Resolve().Path);
    }

    [Fact]
    public void OldClang_AndClangWithoutGpus_AreRejectedWithTheReason()
    {
        Fake("bin/clang", "echo 'clang version 13.0.1'");
        Fake("bin/clang-15", "case $1 in --version) echo 'clang version 15.0.7';; --print-targets) echo 'x86-64';; esac");

        ResolveCudaCompiler task = Resolve(isRequired: true);

        Assert.Equal("", task.Path);
        var error = Assert.Single(_engine.Errors);
        Assert.Equal("FT4003", error.Code);
        Assert.Contains("is clang 13.0.1, older than 14.0", error.Message, StringComparison.Ordinal);
        Assert.Contains("clang-15' has no code generator for NVIDIA GPUs", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NoCompiler_IsAMessage_WhereKernelsAreOptional()
    {
        Directory.CreateDirectory(_folder.File("bin"));

        Assert.Equal("", Resolve().Path);

        Assert.Empty(_engine.Errors);
        Assert.Contains(_engine.Messages, m => m.StartsWith("No compiler for CUDA kernels was found", StringComparison.Ordinal));
    }

    [Fact]
    public void NamedCompilerThatDoesNotExist_IsErrorFT4003()
    {
        var task = new ResolveCudaCompiler { BuildEngine = _engine, CompilerPath = _folder.File("no/nvcc") };

        Assert.False(task.Execute());

        Assert.Equal("FT4003", Assert.Single(_engine.Errors).Code);
    }

    [Fact]
    public void NamedFileThatIsNoProgram_IsErrorFT4003()
    {
        var task = new ResolveCudaCompiler { BuildEngine = _engine, CompilerPath = _folder.Write("nvcc", "text") };

        Assert.False(task.Execute());

        var error = Assert.Single(_engine.Errors);
        Assert.Equal("FT4003", error.Code);
        Assert.Contains("does not say its version", error.Message, StringComparison.Ordinal);
    }

    private string Fake(string name, string script) => FakeProgram.Write(_folder.File(name), script);

    private ResolveCudaCompiler Resolve(bool isRequired = false, string cudaPath = "")
    {
        var task = new ResolveCudaCompiler
        {
            BuildEngine = _engine,
            IsRequired = isRequired,
            CudaPath = cudaPath,
            SearchPath = _folder.File("bin"),
        };
        Assert.Equal(task.Execute(), _engine.Errors.Count == 0);
        return task;
    }
}
