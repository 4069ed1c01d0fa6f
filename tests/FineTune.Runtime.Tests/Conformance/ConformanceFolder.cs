using System.Reflection;

namespace FineTune.Tests.Conformance;

/// <summary>Where the conformance vectors and the assets are, if they are there.</summary>
internal static class ConformanceFolder
{
    public static string RepositoryRoot { get; } = typeof(ConformanceFolder).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    /// <summary>The folder of the vectors; null if absent.</summary>
    public static string? Vectors { get; } = Existing("FINETUNE_CONFORMANCE", "conformance");

    /// <summary>The folder of models, tokenizers and datasets; null if absent.</summary>
    public static string? Assets { get; } = Existing("FINETUNE_ASSETS", "assets");

    /// <summary>
    /// A path that begins with <c>assets/</c> or <c>conformance/</c>: looked for beside the conformance folder first,
    /// then beside the assets, so that another conformance folder may bring assets of its own.
    /// </summary>
    public static string Resolve(string path)
    {
        foreach (var folder in new[] { Vectors, Assets })
        {
            if (folder is not null && Path.GetFullPath(Path.Combine(folder, "..", path)) is var full && Path.Exists(full))
                return full;
        }

        throw new FileNotFoundException($"'{path}' is neither beside the conformance folder nor beside the assets.");
    }

    public static void SkipIfAbsent() =>
        Assert.SkipWhen(Vectors is null, "No conformance vectors: set FINETUNE_CONFORMANCE, or put them at ../shared/conformance.");

    public static string RequireAssets()
    {
        Assert.SkipWhen(Assets is null, "No assets: set FINETUNE_ASSETS, or put them at ../shared/assets.");
        return Assets!;
    }

    private static string? Existing(string variable, string name)
    {
        var path = Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value
            ? value
            : Path.Combine(RepositoryRoot, "..", "shared", name);
        return Directory.Exists(path) ? Path.GetFullPath(path) : null;
    }
}
