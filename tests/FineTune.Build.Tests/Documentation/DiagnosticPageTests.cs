using System.Text.RegularExpressions;
using FineTune.Diagnostics;

namespace FineTune.Build.Tests.Documentation;

/// <summary>Each code that the product raises has a page and a test, and each page of the SDK's is of a code that is raised.</summary>
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

    [Theory]
    [MemberData(nameof(Codes))]
    public void CodeOfTheProduct_HasAPageAndATest(string code)
    {
        Assert.True(File.Exists(Path.Combine(RepositoryPaths.Root, "docs", "diagnostics", code + ".md")), $"{code} has no page.");
        Assert.True(Tested.Value.Contains(code), $"No test names {code}.");
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

    /// <summary>The codes in strings of the product's sources and targets.</summary>
    public static TheoryData<string> Codes() => [.. SourceFiles("src", ".cs", ".targets").SelectMany(file => AnyCode().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal)];

    // Codes of the generator are in its snapshots. Files of no test of their own, such as this one, name none.
    private static readonly Lazy<HashSet<string>> Tested = new(() =>
        [.. SourceFiles("tests", ".cs", ".verified.txt").SelectMany(file => CodeInATest().Matches(File.ReadAllText(file))).Select(match => match.Value)]);

    private static IEnumerable<string> SourceFiles(string folder, params string[] endings) =>
        Directory.EnumerateFiles(Path.Combine(RepositoryPaths.Root, folder), "*", SearchOption.AllDirectories)
            .Where(file => endings.Any(ending => file.EndsWith(ending, StringComparison.Ordinal)));

    [GeneratedRegex("\"(FT\\d{4})\"")]
    private static partial Regex AnyCode();

    [GeneratedRegex("FT\\d{4}")]
    private static partial Regex CodeInATest();

    [GeneratedRegex("""Code="(FT\d{4})" HelpLink="\$\(_FineTuneDiagnosticPages\)(FT\d{4})\.md" """)]
    private static partial Regex ErrorElement();

    [GeneratedRegex("\"(FT[34]\\d{3})\"")]
    private static partial Regex Code();
}
