using System.Text.RegularExpressions;
using FineTune.Diagnostics;

namespace FineTune.Build.Tests.Documentation;

/// <summary>Each code that the SDK's tasks and targets raise has a page, and each page is of a code that is raised.</summary>
public sealed partial class DiagnosticPageTests
{
    [Fact]
    public void CodesAndPages_Agree()
    {
        string sdk = Path.Combine(RepositoryPaths.Root, "src", "Sdk");
        var raised = Directory.EnumerateFiles(sdk, "*.cs", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(sdk, "*.targets", SearchOption.AllDirectories))
            .SelectMany(file => Code().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value);
        var pages = Directory.EnumerateFiles(Path.Combine(RepositoryPaths.Root, "docs", "diagnostics"), "FT*.md")
            .Select(page => Path.GetFileNameWithoutExtension(page))
            .Where(page => page.StartsWith("FT3", StringComparison.Ordinal) || page.StartsWith("FT4", StringComparison.Ordinal));

        Assert.Equal(raised.Distinct().Order(StringComparer.Ordinal), pages.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Page_BeginsWithItsCode_AndHasAFix()
    {
        foreach (string page in Directory.EnumerateFiles(Path.Combine(RepositoryPaths.Root, "docs", "diagnostics"), "FT*.md"))
        {
            string text = File.ReadAllText(page);
            Assert.StartsWith($"# {Path.GetFileNameWithoutExtension(page)}: ", text, StringComparison.Ordinal);
            if (Path.GetFileName(page)[2] is '3' or '4')
                Assert.Contains("**Fix.**", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void TargetsAndTasks_LinkToTheSamePages()
    {
        string targets = File.ReadAllText(Path.Combine(RepositoryPaths.Root, "src", "Sdk", "targets", "FineTune.Checks.targets"));
        string folder = DiagnosticPages.Of("")[..^".md".Length];

        Assert.Contains($"<_FineTuneDiagnosticPages>{folder}</_FineTuneDiagnosticPages>", targets, StringComparison.Ordinal);
        Assert.All(ErrorElement().Matches(targets), match => Assert.Equal(match.Groups[1].Value, match.Groups[2].Value));
        Assert.Equal(Code().Count(targets), ErrorElement().Count(targets));
    }

    [GeneratedRegex("""Code="(FT\d{4})" HelpLink="\$\(_FineTuneDiagnosticPages\)(FT\d{4})\.md" """)]
    private static partial Regex ErrorElement();

    [GeneratedRegex("\"(FT[34]\\d{3})\"")]
    private static partial Regex Code();
}
