using System.Text.RegularExpressions;

namespace FineTune.Build.Kernels;

/// <summary>A compiler for kernels on this machine.</summary>
/// <param name="Kind">Which command line it understands.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Version">Such as 14.0.6 or 11.8.</param>
internal sealed partial record CudaCompiler(CudaCompilerKind Kind, string Path, Version Version)
{
    /// <summary>The first clang that compiles warp shuffles without a toolkit.</summary>
    public static readonly Version OldestClang = new(14, 0);

    /// <summary>
    /// The oldest architecture that the compiler knows and our kernels run on. PTX for it runs on every newer GPU: the
    /// driver compiles it at load. CUDA 13 dropped Volta.
    /// </summary>
    public string DefaultArchitecture => Kind == CudaCompilerKind.Nvcc && Version.Major >= 13 ? "sm_75" : "sm_70";

    public static CudaCompilerKind KindOf(string path) =>
        System.IO.Path.GetFileName(path).Contains("nvcc", StringComparison.OrdinalIgnoreCase)
            ? CudaCompilerKind.Nvcc
            : CudaCompilerKind.Clang;

    /// <summary>The version in what <c>--version</c> prints, or null where there is none.</summary>
    public static Version? ReadVersion(CudaCompilerKind kind, string output)
    {
        Match match = kind == CudaCompilerKind.Nvcc ? NvccVersion().Match(output) : ClangVersion().Match(output);
        return match.Success ? Version.Parse(match.Groups[1].Value) : null;
    }

    [GeneratedRegex(@"release (\d{1,5}\.\d{1,5})", RegexOptions.CultureInvariant)]
    private static partial Regex NvccVersion();

    [GeneratedRegex(@"clang version (\d{1,5}\.\d{1,5}(\.\d{1,5})?)", RegexOptions.CultureInvariant)]
    private static partial Regex ClangVersion();
}
