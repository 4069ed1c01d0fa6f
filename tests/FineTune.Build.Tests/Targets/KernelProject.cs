using FineTune.TestSupport;

namespace FineTune.Build.Tests.Targets;

/// <summary>
/// A project with two kernels, built by the real build engine and a fake compiler that notes which kernels it was asked for.
/// </summary>
internal sealed class KernelProject : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public KernelProject(string folderName = "project")
    {
        Root = _folder.File(folderName);
        Compiler = FakeProgram.Write(_folder.File("bin/nvcc"), FakeCompiler);
        Write("first.cu", "#include \"shared.h\"\n");
        Write("second.cu", "");
        Write("shared.h", "");
        Write("Code.cs", "internal static class Code;");
        Write("Directory.Build.props", "<Project />");
        Write("Directory.Build.targets", "<Project />");
        Write("Directory.Packages.props", "<Project />");
        string sdk = Path.Combine(RepositoryPaths.Root, "src", "Sdk");
        Write("Project.csproj", $"""
            <Project>
              <Import Project="Sdk.props" Sdk="Microsoft.NET.Sdk" />
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <EnableDefaultFineTuneItems>true</EnableDefaultFineTuneItems>
                <FineTuneTasksAssembly>{typeof(FineTune.Build.Tasks.CompileCudaKernel).Assembly.Location}</FineTuneTasksAssembly>
                <FineTuneKernelHeaders>{RepositoryPaths.Root}src/CudaKernels/include/</FineTuneKernelHeaders>
              </PropertyGroup>
              <Import Project="Sdk.targets" Sdk="Microsoft.NET.Sdk" />
              <Import Project="{sdk}/targets/FineTune.Tasks.targets" />
              <Import Project="{sdk}/targets/FineTune.Kernels.targets" />
            </Project>
            """);
    }

    public string Root { get; }

    public string Compiler { get; }

    /// <summary>Everything that the last build printed.</summary>
    public string Output { get; private set; } = "";

    public int ExitCode { get; private set; }

    private string Log => _folder.File("compiled.log");

    /// <summary>Writes what it was asked to compile into a log, a PTX file and a make rule; a source that says so fails.</summary>
    private string FakeCompiler => $$"""
        if [ "$1" = --version ]; then echo 'Cuda compilation tools, release 11.8, V11.8.89'; exit 0; fi
        for argument in "$@"; do
            case $previous in -o) ptx=$argument;; -MF) rule=$argument;; esac
            previous=$argument; source=$argument
        done
        echo "$(basename "$source")" >> '{{Log}}'
        if grep -q broken "$source"; then
            echo "$source(3): error: expected a \";\""; exit 1
        fi
        echo ".visible .entry" > "$ptx"
        escaped=$(echo "$source" | sed 's/ /\\ /g')
        shared=$(dirname "$escaped")/shared.h
        if grep -q shared.h "$source"; then echo "k.ptx: $escaped $shared" > "$rule"; else echo "k.ptx: $escaped" > "$rule"; fi
        """;

    public string InOutput(string name) => Path.Combine(Root, "bin", "Debug", "net10.0", name);

    public void Write(string name, string text) => _folder.Write(Path.Combine(Root, name), text);

    public void Touch(string name) => File.SetLastWriteTimeUtc(Path.Combine(Root, name), DateTime.UtcNow);

    public void Delete(string name) => File.Delete(Path.Combine(Root, name));

    /// <summary>Builds and returns the kernels that were compiled.</summary>
    public IReadOnlyList<string> Build(params string[] arguments)
    {
        File.Delete(Log);
        CommandResult result = DotNet.Run(Root, new Dictionary<string, string>(), ["build", "-nologo", "-p:FineTuneCudaCompiler=" + Compiler, .. arguments]);
        (ExitCode, Output) = (result.ExitCode, result.Text);
        return File.Exists(Log) ? [.. File.ReadAllLines(Log).Order(StringComparer.Ordinal)] : [];
    }

    public void Dispose() => _folder.Dispose();
}
