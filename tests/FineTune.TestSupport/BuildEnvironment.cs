namespace FineTune.TestSupport;

/// <summary>The environment of a build inside a test: without what the build around the test left in it.</summary>
public static class BuildEnvironment
{
    /// <summary>Takes out what bends a nested build, and sets what makes its output the same everywhere.</summary>
    public static void Scrub(IDictionary<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        foreach (string name in environment.Keys.Where(IsOfTheOuterBuild).ToList())
            environment.Remove(name);
        environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        environment["DOTNET_NOLOGO"] = "1";
        environment["MSBUILDDISABLENODEREUSE"] = "1";
        environment["MSBUILDTERMINALLOGGER"] = "off";
        environment["NuGetAudit"] = "false";
        environment["UseSharedCompilation"] = "false";
    }

    private static bool IsOfTheOuterBuild(string name) =>
        name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("TESTINGPLATFORM", StringComparison.OrdinalIgnoreCase)
        || name is "DOTNET_HOST_PATH" or "CUDA_PATH" or "CI" or "FineTuneLibTorchPath";
}
