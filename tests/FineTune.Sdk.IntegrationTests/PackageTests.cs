using System.IO.Compression;
using System.Xml.Linq;
using FineTune.TestSupport;

namespace FineTune.Sdk.IntegrationTests;

/// <summary>What is in the SDK's package.</summary>
public sealed class PackageTests(PackedFeed feed)
{
    [Fact]
    public void Content()
    {
        using ZipArchive package = ZipFile.OpenRead(feed.SdkPackage);

        Snapshot.Verify(string.Join('\n', package.Entries
            .Select(entry => entry.FullName)
            .Where(name => !name.StartsWith("_rels/", StringComparison.Ordinal) && !name.StartsWith("package/", StringComparison.Ordinal) && name != "[Content_Types].xml")
            .Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Description_SaysThatItIsAnSdk_WithoutDependencies()
    {
        using ZipArchive package = ZipFile.OpenRead(feed.SdkPackage);
        using Stream stream = package.GetEntry("FineTune.Sdk.nuspec")!.Open();
        XElement metadata = XDocument.Load(stream).Root!.Elements().Single(e => e.Name.LocalName == "metadata");

        Assert.Equal("MSBuildSdk", Element("packageTypes")!.Elements().Single().Attribute("name")!.Value);
        Assert.Equal("true", Element("developmentDependency")!.Value);
        Assert.Equal("MIT", Element("license")!.Value);
        Assert.Equal("README.md", Element("readme")!.Value);
        Assert.Null(Element("dependencies"));

        XElement? Element(string name) => metadata.Elements().SingleOrDefault(e => e.Name.LocalName == name);
    }

    [Fact]
    public void Versions_AreThoseOfTheRepository()
    {
        using ZipArchive package = ZipFile.OpenRead(feed.SdkPackage);
        using Stream stream = package.GetEntry("Sdk/FineTune.Sdk.Version.props")!.Open();
        Dictionary<string, string> versions = XDocument.Load(stream).Descendants("PropertyGroup").Elements().ToDictionary(e => e.Name.LocalName, e => e.Value);

        Assert.Equal(
            new Dictionary<string, string>
            {
                ["FineTuneSdkVersion"] = feed.Version,
                ["FineTuneTorchSharpVersion"] = Repository.TorchSharpVersion,
                ["FineTuneLibTorchVersion"] = Repository.LibTorchVersion,
            },
            versions);
    }
}
