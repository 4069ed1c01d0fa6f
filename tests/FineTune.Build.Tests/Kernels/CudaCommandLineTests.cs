using FineTune.Build.Kernels;

namespace FineTune.Build.Tests.Kernels;

public sealed class CudaCommandLineTests
{
    [Fact]
    public void Nvcc() => Assert.Equal(
        "--ptx -arch=sm_80 -std=c++17 -O3 -MD -MF k.d -I /sdk/include -I /mine -o k.ptx k.cu",
        Line(CudaCompilerKind.Nvcc));

    [Fact]
    public void Clang_NeedsNoToolkit() => Assert.Equal(
        "-x cuda --cuda-device-only --cuda-gpu-arch=sm_80 -std=c++17 -O3 -S -nocudainc -nocudalib "
        + "-Xclang -target-feature -Xclang +ptx70 -fdeclspec -include /sdk/include/finetune_device.h "
        + "-fdiagnostics-format=msvc -fno-caret-diagnostics -fno-color-diagnostics -MMD -MF k.d "
        + "-I /sdk/include -I /mine -o k.ptx k.cu",
        Line(CudaCompilerKind.Clang));

    [Theory]
    [InlineData("nvcc", "Cuda compilation tools, release 11.8, V11.8.89", "11.8", "sm_70")]
    [InlineData("nvcc", "Cuda compilation tools, release 13.0, V13.0.48", "13.0", "sm_75")]
    [InlineData("clang-14", "Debian clang version 14.0.6\nTarget: x86_64-pc-linux-gnu", "14.0.6", "sm_70")]
    public void Version_IsRead_AndDecidesTheArchitecture(string name, string output, string version, string architecture)
    {
        CudaCompilerKind kind = CudaCompiler.KindOf("/usr/bin/" + name);
        Version read = CudaCompiler.ReadVersion(kind, output)!;

        Assert.Equal(version, read.ToString());
        Assert.Equal(architecture, new CudaCompiler(kind, name, read).DefaultArchitecture);
    }

    private static string Line(CudaCompilerKind kind) => string.Join(' ', new CudaCommandLine
    {
        Compiler = kind,
        Source = "k.cu",
        Output = "k.ptx",
        DependencyFile = "k.d",
        Architecture = "sm_80",
        HeaderFolder = "/sdk/include",
        IncludeFolders = ["/mine"],
    }.Arguments());
}
