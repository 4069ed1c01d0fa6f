using System.Diagnostics.CodeAnalysis;
using FineTune.Emit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FineTune.Generators.Tests;

/// <summary>Where recipes name files, as the build's check reads it from the compiled assembly.</summary>
public sealed class RecipeFilesTests
{
    private const string Yaml = """
        recipe: Tiny
        model: { base: models/tiny }
        data:
          train: "data/train.jsonl"
          test: data/test.jsonl
          prompt: "{text|completion}"
        """;

    private const string Code = """
        using FineTune.Attributes;

        [BaseModel("models/" + "other")]
        public sealed class Other;

        [Dataset("rows.jsonl",
            Test = Names.Test)]
        [Prompt("{Text|completion}")]
        public sealed record Line(string Text);

        [Recipe<Other, Line>]
        [Sft]
        public sealed partial class Second;

        public static class Names { public const string Test = "test.jsonl"; }
        """;

    [Fact]
    public void BothSurfaces_TellEachFileWithItsPlace()
    {
        string? source = Generate(check: "true", Yaml, Code);

        Assert.Equal(
            [
                """("Second", "model.base", "models/other", "src/Recipes.cs", 3, 12)""",
                """("Second", "data.train", "rows.jsonl", "src/Recipes.cs", 6, 10)""",
                """("Second", "data.test", "test.jsonl", "src/Recipes.cs", 7, 12)""",
                """("Tiny", "model.base", "models/tiny", "../shared/tiny.recipe.yaml", 2, 16)""",
                """("Tiny", "data.train", "data/train.jsonl", "../shared/tiny.recipe.yaml", 4, 10)""",
                """("Tiny", "data.test", "data/test.jsonl", "../shared/tiny.recipe.yaml", 5, 9)""",
            ],
            source!.Split('\n').Where(line => line.StartsWith("[assembly", StringComparison.Ordinal))
                .Select(line => line["[assembly: global::FineTune.Recipes.RecipeFile".Length..^1]));
    }

    [Fact]
    public void WithoutTheBuildsCheck_NothingIsWritten() => Assert.Null(Generate(check: "false", Yaml, Code));

    [Fact]
    public void RecipeWithMistakes_TellsNothing() => Assert.Null(Generate(check: "true", Yaml.Replace("recipe:", "recipes:", StringComparison.Ordinal), code: ""));

    [Fact]
    public void HostilePath_StaysALiteral()
    {
        string? source = Generate(check: "true", Yaml.Replace("models/tiny", "'\")]\\u000a'", StringComparison.Ordinal), code: "");

        SyntaxTree tree = CSharpSyntaxTree.ParseText(source!, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Empty(tree.GetDiagnostics(TestContext.Current.CancellationToken));
        Assert.Equal(3, tree.GetCompilationUnitRoot(TestContext.Current.CancellationToken).AttributeLists.Count);
    }

    [Theory]
    [InlineData("/a/b/", "/a/b/c.cs", "c.cs")]
    [InlineData("/a/b", "/a/c/d.cs", "../c/d.cs")]
    [InlineData(@"C:\a\b\", @"C:\a\b\c\d.cs", "c/d.cs")]
    [InlineData(@"C:\a\", @"D:\b.cs", "D:/b.cs")]
    [InlineData("", "b.cs", "b.cs")]
    public void Sources_AreToldFromTheProject(string folder, string path, string expected) =>
        Assert.Equal(expected, RelativePath.From(folder, path));

    private static string? Generate(string check, string yaml, string code)
    {
        var driver = CSharpGeneratorDriver.Create(
            [new RecipeGenerator().AsSourceGenerator()],
            [new InMemoryText("/repo/shared/tiny.recipe.yaml", yaml)],
            optionsProvider: new CheckedProject(check));
        var compilation = GeneratorTest.CreateCompilation([("/repo/app/src/Recipes.cs", code)], OutputKind.DynamicallyLinkedLibrary);
        return driver.RunGenerators(compilation, TestContext.Current.CancellationToken).GetRunResult().Results.Single().GeneratedSources
            .Where(source => source.HintName == RecipeFilesEmitter.HintName)
            .Select(source => source.SourceText.ToString())
            .SingleOrDefault();
    }

    private sealed class CheckedProject(string check) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(new()
        {
            ["build_property.FineTuneCheckFiles"] = check,
            ["build_property.ProjectDir"] = "/repo/app/",
        });

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => new Options([]);

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) =>
            new Options(new() { ["build_metadata.AdditionalFiles.FineTuneItem"] = "Recipe" });
    }

    private sealed class Options(Dictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}
