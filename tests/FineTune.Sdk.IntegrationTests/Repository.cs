using System.Reflection;

namespace FineTune.Sdk.IntegrationTests;

/// <summary>What the build wrote into this assembly about the repository.</summary>
internal static class Repository
{
    public static string Root => Metadata("RepositoryRoot");

    /// <summary>What the tests were built as; the packages are made of the same build.</summary>
    public static string Configuration => Metadata("Configuration");

    /// <summary>The machine's package folder.</summary>
    public static string PackageFolder => Metadata("PackageFolder");

    public static string TorchSharpVersion => Metadata("TorchSharpVersion");

    public static string LibTorchVersion => Metadata("LibTorchVersion");

    private static string Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
