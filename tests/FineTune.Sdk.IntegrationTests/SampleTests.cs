using System.Text.RegularExpressions;
using FineTune.TestSupport;

namespace FineTune.Sdk.IntegrationTests;

/// <summary>
/// Every sample, copied out of the repository and built as its user would: with the Sdk attribute in place of the two imports.
/// Holds the samples' wiring from source to what the package does.
/// </summary>
public sealed partial class SampleTests(PackedFeed feed)
{
    private static readonly string Samples = Path.Combine(Repository.Root, "samples");

    public static TheoryData<string> Names() =>
    [
        .. Directory.EnumerateFiles(Samples, "*.csproj", SearchOption.AllDirectories)
            .Where(project => File.ReadAllText(project).Contains("/src/Sdk/Sdk/Sdk.props", StringComparison.Ordinal))
            .Select(project => Path.GetFileNameWithoutExtension(project)).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void Sample_BuildsAgainstThePackage(string name)
    {
        using var folder = new TemporaryFolder();
        folder.Write("nuget.config", feed.NuGetConfig);
        Copy(Samples, folder.File("samples"), except: path => Path.GetFileName(path).StartsWith("Directory.Build.", StringComparison.Ordinal));
        Copy(Path.Combine(Repository.Root, "models"), folder.File("models"), except: _ => false);
        foreach (string project in Directory.EnumerateFiles(folder.File("samples"), "*.csproj", SearchOption.AllDirectories))
            File.WriteAllText(project, WithSdkAttribute(File.ReadAllText(project)));

        CommandResult result = DotNet.Run(folder.File($"samples/{name}"), feed.Environment, "build", "-nologo", "-warnaserror");

        Assert.True(result.ExitCode == 0, result.Text);
        CommandResult help = DotNet.Run(folder.Path, feed.Environment, "run", "--project", folder.File($"samples/{name}"), "--no-build", "--", "--help");
        Assert.True(help.ExitCode == 0, help.Text);
    }

    private string WithSdkAttribute(string project)
    {
        if (!project.Contains("/src/Sdk/Sdk/Sdk.props", StringComparison.Ordinal))
            return project;

        string withoutImports = SdkImport().Replace(project, "");
        return withoutImports.Replace("<Project>", $"<Project Sdk=\"FineTune.Sdk/{feed.Version}\">", StringComparison.Ordinal);
    }

    private static void Copy(string from, string to, Func<string, bool> except)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(file => !except(file)))
        {
            string relative = Path.GetRelativePath(from, file);
            // What building and training left beside the sources.
            if (relative.Split(Path.DirectorySeparatorChar) is [_, "bin" or "obj" or "runs" or "data", ..])
                continue;

            string copy = Path.Combine(to, relative);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    [GeneratedRegex("""\s*<Import Project="[./]*/src/Sdk/Sdk/Sdk\.(props|targets)" />""")]
    private static partial Regex SdkImport();
}
