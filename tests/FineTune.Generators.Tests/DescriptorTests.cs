using System.Reflection;
using FineTune.Diagnostics;
using FineTune.Keys;
using FineTune.Rules;
using FineTune.TestSupport;
using Microsoft.CodeAnalysis;

namespace FineTune.Generators.Tests;

public sealed class DescriptorTests
{
    private static readonly string Root = Repository.Root;

    public static TheoryData<string> Ids => [.. Descriptors.All.Select(descriptor => descriptor.Id)];

    [Fact]
    public void TheTablesHoldEveryDescriptorOnce()
    {
        var fields = new[] { typeof(RecipeDiagnostics), typeof(FactDiagnostics), typeof(PromptDiagnostics), typeof(TemplateDiagnostics), typeof(DataDiagnostics) }
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public))
            .Where(field => field.FieldType == typeof(DiagnosticDescriptor))
            .Select(field => (DiagnosticDescriptor)field.GetValue(null)!);
        Assert.Equal(
            fields.Select(field => field.Id).Concat(RecipeRules.All.Select(rule => rule.Code).Distinct()).Order(StringComparer.Ordinal),
            Descriptors.All.Select(descriptor => descriptor.Id).Order(StringComparer.Ordinal));
        Assert.Equal(Descriptors.All.Count, Descriptors.All.Select(descriptor => descriptor.Id).Distinct().Count());
    }

    [Fact]
    public void EveryCodeOfAKeyButThatOfTheCommandLineHasADescriptor()
    {
        var codes = typeof(KeyCodes).GetFields(BindingFlags.Static | BindingFlags.Public).Select(field => (string)field.GetRawConstantValue()!);
        Assert.Equal([KeyCodes.UnusableAssignment], codes.Except(Descriptors.All.Select(descriptor => descriptor.Id)));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void HasAPage(string id)
    {
        var page = File.ReadAllText(Path.Combine(Root, "docs", "diagnostics", id + ".md"));
        Assert.StartsWith($"# {id}: ", page, StringComparison.Ordinal);
        Assert.Contains("## Example", page, StringComparison.Ordinal);
        Assert.Contains("## Fix", page, StringComparison.Ordinal);
        Assert.EndsWith($"docs/diagnostics/{id}.md", Descriptors.Get(id).HelpLinkUri, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void IsInTheReleases(string id)
    {
        var (shipped, unshipped) = (ReadReleases("Shipped"), ReadReleases("Unshipped"));
        var descriptor = Descriptors.Get(id);
        Assert.Contains($"{id} | {descriptor.Category} | {descriptor.DefaultSeverity} | {descriptor.Title}\n", shipped + unshipped, StringComparison.Ordinal);
    }

    [Fact]
    public void NoReleaseHasOther() => Assert.Equal(
        Descriptors.All.Select(descriptor => descriptor.Id).Order(StringComparer.Ordinal),
        (ReadReleases("Shipped") + ReadReleases("Unshipped")).Split('\n').Where(line => line.StartsWith("FT", StringComparison.Ordinal)).Select(line => line.Split(' ')[0]));

    [Theory]
    [MemberData(nameof(Ids))]
    public void IsInASnapshot(string id) => Assert.Contains(
        Directory.EnumerateFiles(SnapshotFolder, "*.verified.txt"),
        file => File.ReadAllText(file).Contains($" {id}: ", StringComparison.Ordinal));

    [Fact]
    public void NoSnapshotIsAnOrphan()
    {
        var tests = typeof(DescriptorTests).Assembly.GetTypes().SelectMany(type => type.GetMethods().Select(method => $"{type.Name}.{method.Name}"));
        Assert.Empty(Snapshot.Orphans(SnapshotFolder, tests));
    }

    private static string SnapshotFolder => Path.Combine(Root, "tests", "FineTune.Generators.Tests", "Snapshots");

    private static string ReadReleases(string kind) =>
        File.ReadAllText(Path.Combine(Root, "src", "Generators", $"AnalyzerReleases.{kind}.md")).ReplaceLineEndings("\n");
}
