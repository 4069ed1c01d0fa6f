using System.Diagnostics;

namespace FineTune.Samples.Tests;

/// <summary>A project that imports DocsDataset.targets, with reference packs of its own: one assembly in each.</summary>
internal sealed class DocsDatasetProject : IDisposable
{
    private static readonly string[] OfTheOuterBuild = ["MSBUILD", "VSTEST", "TESTINGPLATFORM", "DOTNET_HOST_PATH"];

    private readonly string _root = Directory.CreateTempSubdirectory("docs dataset").FullName;

    public DocsDatasetProject()
    {
        foreach (var folder in ReferencePackFixture.Folders)
        {
            Directory.CreateDirectory(PackCopy(folder));
            foreach (var file in new[] { "System.Collections.dll", "System.Collections.xml" })
                File.Copy(Path.Combine(ReferencePackFixture.Folders[0], file), Path.Combine(PackCopy(folder), file));
        }

        foreach (var file in new[] { "Directory.Build.props", "Directory.Build.targets" })
            File.WriteAllText(Path.Combine(_root, file), "<Project />");
        File.WriteAllText(Path.Combine(_root, "Sample.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <DocsDataset>rows</DocsDataset>
              </PropertyGroup>
              <Import Project="{Path.Combine(ReferencePackFixture.RepositoryRoot, "samples", "DocsDataset", "DocsDataset.targets")}" />
            </Project>
            """);
    }

    private string Packs => Path.Combine(_root, "packs");

    public string Data(string name) => Path.Combine(_root, "data", name);

    public string PackFile(string name) => Path.Combine(PackCopy(ReferencePackFixture.Folders[0]), name);

    public void DeletePack() => Directory.Delete(PackCopy(ReferencePackFixture.Folders[1]), recursive: true);

    /// <summary>Runs the target that makes the data.</summary>
    public (int ExitCode, string Output) Build()
    {
        // With the SDK's own packs: others would be looked for on a package feed.
        if (!File.Exists(Path.Combine(_root, "obj", "project.assets.json")))
            MSBuild("-target:Restore", "-property:NuGetAudit=false");
        return MSBuild("-target:BuildDocsDataset", "-property:BuildProjectReferences=false", "-property:NetCoreTargetingPackRoot=" + Packs);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private (int ExitCode, string Output) MSBuild(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = _root, RedirectStandardOutput = true };
        foreach (var argument in (string[])["msbuild", "-nologo", "-verbosity:minimal", "-property:Configuration=" + ReferencePackFixture.Configuration, .. arguments])
            start.ArgumentList.Add(argument);
        // What the build around the tests left in the environment bends a build inside them.
        foreach (var name in start.Environment.Keys.Where(name => OfTheOuterBuild.Any(outer => name.StartsWith(outer, StringComparison.OrdinalIgnoreCase))).ToList())
            start.Environment.Remove(name);
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    // …/Microsoft.NETCore.App.Ref/10.0.0/ref/net10.0 under the project's own root of packs.
    private string PackCopy(string folder) =>
        Path.Combine(Packs, Path.GetRelativePath(ReferencePackFixture.PackRoot, folder));
}
