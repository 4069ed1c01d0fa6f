using System.Reflection;

namespace FineTune.Build.Tests;

/// <summary>Places that the build wrote into this assembly.</summary>
internal static class RepositoryPaths
{
    public static string Root => Metadata("RepositoryRoot");

    /// <summary>The shared library that the SDK prepares, as it lies in the package cache.</summary>
    public static string TorchSharpLibrary =>
        Path.Combine(Metadata("TorchSharpPackage"), "runtimes", "linux-x64", "native", "libLibTorchSharp.so");

    private static string Metadata(string key) =>
        typeof(RepositoryPaths).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
