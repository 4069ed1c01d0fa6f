namespace FineTune.Build.Kernels;

/// <summary>Where a compiler may be, in the order of preference: nvcc before clang, plain names before numbered ones.</summary>
/// <param name="cudaPath">The toolkit's folder as its installer sets it (CUDA_PATH), or empty.</param>
/// <param name="searchPath">The folders of programs (PATH).</param>
internal sealed class CudaCompilerSearch(string cudaPath, string searchPath)
{
    private const int NewestNumberedClang = 30;

    private static readonly string Extension = OperatingSystem.IsWindows() ? ".exe" : "";

    /// <summary>Existing files only; whether one can compile kernels is for its own answers to say.</summary>
    public IEnumerable<string> Candidates()
    {
        if (cudaPath.Length > 0)
        {
            string nvcc = Path.Combine(cudaPath, "bin", "nvcc" + Extension);
            if (File.Exists(nvcc))
                yield return nvcc;
        }

        foreach (string name in Names())
        {
            if (InPath(name) is { } path)
                yield return path;
        }
    }

    private static IEnumerable<string> Names()
    {
        yield return "nvcc";
        yield return "clang";
        for (int version = NewestNumberedClang; version >= CudaCompiler.OldestClang.Major; version--)
            yield return $"clang-{version}";
    }

    private string? InPath(string name) => searchPath
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Where(Path.IsPathFullyQualified)
        .Select(folder => Path.Combine(folder, name + Extension))
        .FirstOrDefault(File.Exists);
}
