using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace FineTune.CudaKernels.Tests;

/// <summary>Compiles the test's C++ into libraries that this process loads; tests skip where g++ is missing.</summary>
internal static class HostCompiler
{
    /// <summary>The folder of the kernels' sources.</summary>
    public static string KernelSources { get; } = typeof(HostCompiler).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "KernelSources").Value!;

    /// <summary>Compiles <c>Native/{name}.cpp</c> and gives the path of the library.</summary>
    public static string Compile(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The kernels run on the CPU through g++ on Linux.");
        string library = Path.Combine(AppContext.BaseDirectory, $"lib{name}.so");
        string source = Path.Combine(AppContext.BaseDirectory, "Native", name + ".cpp");
        string[] arguments =
        [
            "-std=c++20", "-O2", "-Wall", "-Werror", "-Wno-unknown-pragmas", "-pthread", "-shared", "-fPIC",
            "-I", KernelSources, "-I", Path.Combine(KernelSources, "include"), "-o", library, source,
        ];
        var (code, output) = Run("g++", arguments);
        Assert.SkipWhen(code is null, "g++ is not installed.");
        Assert.True(code == 0, $"g++ failed:\n{output}");
        return library;
    }

    private static (int? Code, string Output) Run(string program, string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            string output = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output);
        }
        catch (Win32Exception)
        {
            return (null, "");
        }
    }

    public static nint Load(string name) => NativeLibrary.Load(Compile(name));
}
