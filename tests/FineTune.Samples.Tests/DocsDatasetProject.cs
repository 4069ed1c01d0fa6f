using FineTune.TestSupport;

namespace FineTune.Samples.Tests;

/// <summary>A project that imports DocsDataset.targets, with reference packs of its own: one assembly in each.</summary>
internal sealed class DocsDatasetProject : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public DocsDatasetProject()
    {
        foreach (var folder in ReferencePackFixture.Folders)
        {
            Directory.CreateDirectory(PackCopy(folder));
            foreach (var file in new[] { "System.Collections.dll", "System.Collections.xml" })
                File.Copy(Path.Combine(ReferencePackFixture.Folders[0], file), Path.Combine(PackCopy(folder), file));
        }

        _folder.Write("a sample/Sample.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <DocsDataset>rows</DocsDataset>
              </PropertyGroup>
              <Import Project="{Path.Combine(Repository.Root, "samples", "DocsDataset", "DocsDataset.targets")}" />
            </Project>
            """);
    }

    private string Root => _folder.File("a sample");

    private string Packs => Path.Combine(Root, "packs");

    public string Data(string name) => Path.Combine(Root, "data", name);

    public string PackFile(string name) => Path.Combine(PackCopy(ReferencePackFixture.Folders[0]), name);

    public void DeletePack() => Directory.Delete(PackCopy(ReferencePackFixture.Folders[1]), recursive: true);

    /// <summary>Runs the target that makes the data.</summary>
    public CommandResult Build()
    {
        // With the SDK's own packs: others would be looked for on a package feed.
        if (!File.Exists(Path.Combine(Root, "obj", "project.assets.json")))
            MSBuild("-target:Restore");
        return MSBuild("-target:BuildDocsDataset", "-property:BuildProjectReferences=false", "-property:NetCoreTargetingPackRoot=" + Packs);
    }

    // The program that the tests themselves run stays.
    public CommandResult Clean() => MSBuild("-target:Clean", "-property:BuildProjectReferences=false");

    public void Dispose() => _folder.Dispose();

    private CommandResult MSBuild(params string[] arguments) => DotNet.Run(
        Root, new Dictionary<string, string>(),
        ["msbuild", "-nologo", "-verbosity:minimal", "-property:Configuration=" + ReferencePackFixture.Configuration, .. arguments]);

    // …/Microsoft.NETCore.App.Ref/10.0.0/ref/net10.0 under the project's own root of packs.
    private string PackCopy(string folder) => Path.Combine(Packs, Path.GetRelativePath(ReferencePackFixture.PackRoot, folder));
}
