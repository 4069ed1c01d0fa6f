namespace FineTune.Sdk.IntegrationTests;

/// <summary>The ways in which a project can use the SDK and its packages.</summary>
public sealed class ProjectFormTests(PackedFeed feed)
{
    [Fact]
    public void SdkElement_BesideTheBaseSdk()
    {
        using var project = new OutsideProject(feed);
        project.Write("App.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <Sdk Name="FineTune.Sdk" Version="{feed.Version}" />
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <FineTuneDevice>none</FineTuneDevice>
              </PropertyGroup>
            </Project>
            """);

        project.BuildCleanly();
    }

    [Fact]
    public void SeveralTargetFrameworks()
    {
        using var project = new OutsideProject(feed, properties: "<FineTuneDevice>none</FineTuneDevice><TargetFrameworks>net10.0</TargetFrameworks>");

        project.BuildCleanly();
        Assert.True(File.Exists(project.File("bin/Debug/net10.0/App.dll")));
    }

    [Fact]
    public void Library_WithRecipes_NeedsNoFiles()
    {
        using var project = new OutsideProject(feed, properties: "<FineTuneDevice>none</FineTuneDevice><OutputType>Library</OutputType>");
        File.Delete(project.File("data/train.jsonl"));

        project.BuildCleanly();
    }

    [Fact]
    public void CentralVersions_WithoutOurs()
    {
        using var project = new OutsideProject(feed, properties: "");
        project.Write("Directory.Packages.props", Central(""));

        project.BuildCleanly();
        Assert.Equal(feed.Version, Resolved(project, "FineTune.Runtime"));
        Assert.Equal(Repository.LibTorchVersion, Resolved(project, "libtorch-cpu-linux-x64"));
    }

    [Fact]
    public void CentralVersions_WithTheUsersOwnPin()
    {
        using var project = new OutsideProject(feed);
        project.Write("Directory.Packages.props", Central($"""<PackageVersion Include="FineTune.Runtime" Version="[{feed.Version}]" />"""));

        project.BuildCleanly();
        Assert.Contains($"\"[{feed.Version}, {feed.Version}]\"", File.ReadAllText(project.File("obj/project.assets.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void CentralVersions_WithOverridesForbidden()
    {
        using var project = new OutsideProject(feed);
        project.Write("Directory.Packages.props", Central("", "<CentralPackageVersionOverrideEnabled>false</CentralPackageVersionOverrideEnabled>"));

        project.BuildCleanly();
    }

    [Fact]
    public void ImplicitReferences_CanBeSwitchedOff()
    {
        using var project = new OutsideProject(feed, properties: "<DisableImplicitFineTuneReferences>true</DisableImplicitFineTuneReferences><ImplicitUsings>disable</ImplicitUsings>");
        File.Delete(project.File("tiny.recipe.yaml"));
        project.Write("Program.cs", "return;");

        project.BuildCleanly();
        Assert.DoesNotContain("FineTune.Runtime", File.ReadAllText(project.File("obj/project.assets.json")), StringComparison.Ordinal);
    }

    private static string Central(string versions, string properties = "") => $"""
        <Project>
          <PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally>{properties}</PropertyGroup>
          <ItemGroup>{versions}</ItemGroup>
        </Project>
        """;

    private static string Resolved(OutsideProject project, string package)
    {
        using var assets = System.Text.Json.JsonDocument.Parse(File.ReadAllText(project.File("obj/project.assets.json")));
        string library = assets.RootElement.GetProperty("libraries").EnumerateObject().Select(l => l.Name)
            .Single(name => name.StartsWith(package + "/", StringComparison.OrdinalIgnoreCase));
        return library[(package.Length + 1)..];
    }
}
