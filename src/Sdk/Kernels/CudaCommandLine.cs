namespace FineTune.Build.Kernels;

/// <summary>One kernel to compile: what goes in, what comes out, and how.</summary>
internal sealed record CudaCommandLine
{
    public required CudaCompilerKind Compiler { get; init; }

    public required string Source { get; init; }

    /// <summary>The PTX file.</summary>
    public required string Output { get; init; }

    /// <summary>A make rule of the files that the source includes.</summary>
    public required string DependencyFile { get; init; }

    /// <summary>Such as sm_70.</summary>
    public required string Architecture { get; init; }

    /// <summary>The folder of finetune_device.h, which stands in for the toolkit's headers under clang.</summary>
    public required string HeaderFolder { get; init; }

    public IReadOnlyList<string> IncludeFolders { get; init; } = [];

    /// <summary>The arguments before the user's own.</summary>
    public IReadOnlyList<string> Arguments()
    {
        List<string> arguments = Compiler == CudaCompilerKind.Nvcc ? Nvcc() : Clang();
        foreach (string folder in (string[])[HeaderFolder, .. IncludeFolders])
            arguments.AddRange(["-I", folder]);
        arguments.AddRange(["-o", Output, Source]);
        return arguments;
    }

    private List<string> Nvcc() => ["--ptx", "-arch=" + Architecture, "-std=c++17", "-O3", "-MD", "-MF", DependencyFile];

    private List<string> Clang() =>
    [
        "-x", "cuda", "--cuda-device-only", "--cuda-gpu-arch=" + Architecture, "-std=c++17", "-O3", "-S",
        // No toolkit: neither its headers nor its library of device functions.
        "-nocudainc", "-nocudalib",
        // Without a toolkit clang assumes PTX 6.0, which lacks the synchronous shuffles.
        "-Xclang", "-target-feature", "-Xclang", "+ptx70",
        // For the built-in variables, which finetune_device.h declares as properties.
        "-fdeclspec", "-include", Path.Combine(HeaderFolder, "finetune_device.h"),
        // One line a message, in the form that the build engine prints.
        "-fdiagnostics-format=msvc", "-fno-caret-diagnostics", "-fno-color-diagnostics",
        // User headers only: a system header changes with the compiler, which is an input already.
        "-MMD", "-MF", DependencyFile,
    ];
}
