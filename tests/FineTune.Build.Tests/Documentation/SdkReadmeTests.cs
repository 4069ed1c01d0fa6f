using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace FineTune.Build.Tests.Documentation;

/// <summary>The README's tables and the props and targets say the same: what users can set, and no more.</summary>
public sealed partial class SdkReadmeTests
{
    /// <summary>Set by the SDK's package and by the repository; nothing for a user to set.</summary>
    private static readonly string[] Internal =
    [
        "FineTuneInRepo", "FineTuneIntermediateFolder", "FineTuneLibTorchVersion", "FineTuneSdkRoot", "FineTuneSdkVersion",
        "FineTuneTaskFactory", "FineTuneTaskPrerequisites", "FineTuneTasksAssembly", "FineTuneTorchSharpVersion",
    ];

    private static readonly string SdkFolder = Path.Combine(RepositoryPaths.Root, "src", "Sdk");

    private static readonly XDocument[] Files =
    [
        .. Directory.EnumerateFiles(SdkFolder, "*.props", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(SdkFolder, "*.targets", SearchOption.AllDirectories))
            .Select(path => XDocument.Load(path)),
    ];

    [Fact]
    public void Properties() => Assert.Equal(
        Files.SelectMany(PropertyNames).Where(IsPublic).Except(Internal).Order(StringComparer.Ordinal).Distinct(),
        Table("Properties"));

    [Fact]
    public void Items() => Assert.Equal(
        Files.SelectMany(ItemNames).Where(name => IsPublic(name) || name.StartsWith("CudaKernel", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).Distinct(),
        Table("Items"));

    [Fact]
    public void Targets() => Assert.Equal(
        Files.SelectMany(file => file.Descendants("Target")).Select(target => target.Attribute("Name")!.Value)
            .Where(IsPublic).Order(StringComparer.Ordinal),
        Table("Targets to hook on"));

    /// <summary>What is set, and what is only read: <c>$(Name)</c> in any attribute or text.</summary>
    private static IEnumerable<string> PropertyNames(XDocument file) =>
        file.Descendants("PropertyGroup").Elements().Select(e => e.Name.LocalName)
            .Concat(PropertyReference().Matches(file.ToString()).Select(match => match.Groups[1].Value));

    private static IEnumerable<string> ItemNames(XDocument file) =>
        file.Descendants("ItemGroup").Elements().Select(e => e.Name.LocalName)
            .Concat(ItemReference().Matches(file.ToString()).Select(match => match.Groups[1].Value));

    private static bool IsPublic(string name) =>
        name.StartsWith("FineTune", StringComparison.Ordinal) || name is "EnableDefaultFineTuneItems" or "DisableImplicitFineTuneReferences";

    /// <summary>The first column of the table under a heading.</summary>
    private static IEnumerable<string> Table(string heading)
    {
        string readme = File.ReadAllText(Path.Combine(SdkFolder, "README.md"));
        string section = readme.Split("\n## ").Single(part => part.StartsWith(heading + "\n", StringComparison.Ordinal));
        return TableRow().Matches(section).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal);
    }

    [GeneratedRegex(@"\$\(([A-Za-z]\w*)\)")]
    private static partial Regex PropertyReference();

    [GeneratedRegex(@"@\(([A-Za-z]\w*)")]
    private static partial Regex ItemReference();

    [GeneratedRegex(@"^\| `(\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex TableRow();
}
