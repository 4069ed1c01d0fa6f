using FineTune.Sdk.IntegrationTests;
using FineTune.TestSupport;

[assembly: AssemblyFixture(typeof(PackedFeed))]

namespace FineTune.Sdk.IntegrationTests;

/// <summary>
/// The packages of this build in a feed of their own, under a version that no cache knows, and a private package folder.
/// Other packages come from the machine's folder, so that nothing is downloaded twice.
/// </summary>
public sealed class PackedFeed : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Packs once for all tests.</summary>
    public PackedFeed()
    {
        Version = "0.1.0-t" + DateTime.UtcNow.Ticks.ToString(System.Globalization.CultureInfo.InvariantCulture);
        foreach (string project in (string[])["src/Sdk/FineTune.Sdk.csproj", "src/Runtime/FineTune.Runtime.csproj", "src/Templates/FineTune.Templates.csproj"])
        {
            CommandResult result = DotNet.Run(
                Repository.Root, new Dictionary<string, string>(),
                "pack", project, "--no-build", "-p:BuildProjectReferences=false", "-nologo", "-c", Repository.Configuration, "-p:Version=" + Version, "-o", _folder.File("feed"));
            Assert.True(result.ExitCode == 0, result.Text);
        }
    }

    /// <summary>The packages' version.</summary>
    public string Version { get; }

    /// <summary>The SDK's package.</summary>
    public string SdkPackage => _folder.File($"feed/FineTune.Sdk.{Version}.nupkg");

    /// <summary>The templates' package.</summary>
    public string TemplatesPackage => _folder.File($"feed/FineTune.Templates.{Version}.nupkg");

    /// <summary>The environment of builds against the feed.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["NUGET_PACKAGES"] = _folder.File("packages"),
    };

    /// <summary>A nuget.config that takes our packages from the feed and from nowhere else.</summary>
    public string NuGetConfig => $"""
        <configuration>
          <packageSources>
            <clear />
            <add key="feed" value="{_folder.File("feed")}" />
            <add key="nuget.org" value="https://api.nuget.org/v3/index.json" protocolVersion="3" />
          </packageSources>
          <packageSourceMapping>
            <clear />
            <packageSource key="feed"><package pattern="FineTune.*" /></packageSource>
            <packageSource key="nuget.org"><package pattern="*" /></packageSource>
          </packageSourceMapping>
          <fallbackPackageFolders>
            <clear />
            <add key="machine" value="{Repository.PackageFolder}" />
          </fallbackPackageFolders>
        </configuration>
        """;

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}
