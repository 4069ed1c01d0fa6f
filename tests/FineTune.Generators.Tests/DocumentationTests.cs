using System.Text.RegularExpressions;
using FineTune.Keys;
using FineTune.TestSupport;

namespace FineTune.Generators.Tests;

public sealed class DocumentationTests
{
    private const string Marker = "<!-- Below this line the page is generated from the table of keys; a test tells when it is stale. -->\n";

    private static readonly string Path = System.IO.Path.Combine(Repository.Root, "docs", "recipes.md");

    [Fact]
    public void TheReferenceOfKeysIsFresh()
    {
        var page = File.ReadAllText(Path).ReplaceLineEndings("\n");
        var written = page[..(page.IndexOf(Marker, StringComparison.Ordinal) + Marker.Length)] + "\n" + KeyReference.Write();
        if (page != written && Environment.GetEnvironmentVariable("FINETUNE_ACCEPT_SNAPSHOTS") == "1" && Environment.GetEnvironmentVariable("CI") != "true")
            File.WriteAllText(Path, written);
        else
            Assert.Equal(written, page);
    }

    [Fact]
    public void TheExamplesBuildToTheSameRecipe()
    {
        var page = File.ReadAllText(Path);
        var yaml = GeneratorTest.Run(Fence(page, "yaml"));
        var csharp = GeneratorTest.Run(code: Fence(page, "csharp"));
        Assert.Equal(("", ""), (yaml.Ids, csharp.Ids));
        var (fromYaml, fromCSharp) = (GeneratedProject.Create(yaml, "Samples.DescribeApi"), GeneratedProject.Create(csharp, "DescribeApi"));
        Assert.Equal(Recipes.RecipeYaml.Write(fromYaml.Options), Recipes.RecipeYaml.Write(fromCSharp.Options with { Data = fromCSharp.Options.Data with { Prompt = fromYaml.Options.Data.Prompt } }));
        const string row = """{"signature": "Length", "summary": " Gets it."}""";
        Assert.Equal(GeneratedProject.Render(fromYaml, row).Segments, GeneratedProject.Render(fromCSharp, row).Segments);
    }

    /// <summary>The recipes of the repository have no mistakes.</summary>
    [Fact]
    public void TheSamplesRecipesHaveNoMistakes()
    {
        var recipes = Directory.EnumerateFiles(System.IO.Path.Combine(Repository.Root, "samples"), "*.recipe.yaml", SearchOption.AllDirectories).ToList();
        Assert.NotEmpty(recipes);
        foreach (var recipe in recipes)
            Assert.Equal((recipe, ""), (recipe, Build(recipe).Ids));
    }

    // Rewards are no part of the YAML: a project writes them.
    private static GeneratorTest Build(string recipe)
    {
        var yaml = File.ReadAllText(recipe);
        var name = yaml.Split('\n').First(line => line.StartsWith("recipe: ", StringComparison.Ordinal))["recipe: ".Length..].Trim();
        return GeneratorTest.Run(yaml, !yaml.Contains("method: grpo", StringComparison.Ordinal) ? null
            : $"namespace Samples; public partial class {name} {{ protected override System.Collections.Generic.IReadOnlyList<FineTune.Hooks.IReward<Row>> Rewards => []; }}");
    }

    /// <summary>What 'import' makes of configurations of other tools builds; the snapshots of its tests are such recipes.</summary>
    [Fact]
    public void ImportedRecipesBuild()
    {
        var folder = System.IO.Path.Combine(Repository.Root, "tests", "FineTune.Runtime.Tests", "App", "Snapshots");
        var recipes = Directory.EnumerateFiles(folder, "ImportedConfigurationTests.*.verified.yaml").ToList();
        Assert.True(recipes.Count >= 10);
        foreach (var recipe in recipes)
        {
            var errors = Build(recipe).Diagnostics.Where(diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error);
            Assert.True(!errors.Any(), $"{recipe}: {string.Join(' ', errors)}");
        }
    }

    [Fact]
    public void EveryKeyHasASummaryOfOneSentence() =>
        Assert.All(KeyTable.All, key => Assert.Matches("^[A-Z][^\n]*[.]$", key.Summary));

    /// <summary>No key is newer than the SDK that has it, and the page and the schema tell which are newer than the first version.</summary>
    [Fact]
    public void EveryKeyHasAVersion()
    {
        var props = File.ReadAllText(System.IO.Path.Combine(Repository.Root, "Directory.Build.props"));
        var current = Version.Parse(Regex.Match(props, "<VersionPrefix>(.+)</VersionPrefix>").Groups[1].Value);
        var first = Version.Parse(KeyTable.FirstVersion);
        Assert.All(KeyTable.All, key => Assert.Matches("^[0-9]+[.][0-9]+[.][0-9]+$", key.Since));
        Assert.All(KeyTable.All, key => Assert.InRange(Version.Parse(key.Since), first, current));
        Assert.Equal(("", " Since version 0.2.0."), (KeyReference.Since(DataKeys.Train), KeyReference.Since(DataKeys.Train with { Since = "0.2.0" })));
    }

    /// <summary>The keys by the version that brought them: one that is new must not be said to be older than it is.</summary>
    [Fact]
    public void TheKeysOfEachVersionStay() => Snapshot.Verify(
        string.Concat(KeyTable.All.GroupBy(key => Version.Parse(key.Since)).OrderBy(version => version.Key)
            .Select(version => $"{version.Key}\n{string.Concat(version.Select(key => $"    {key}\n"))}")),
        "txt");

    [Fact]
    public void SynonymsLeadToOneKeyOfASection()
    {
        foreach (var section in KeyTable.Sections)
        {
            var synonyms = KeyTable.Of(section).SelectMany(key => key.Synonyms.Append(key.Name)).ToList();
            Assert.Equal(synonyms.Distinct(), synonyms);
        }
    }

    private static string Fence(string page, string language) =>
        Regex.Match(page.ReplaceLineEndings("\n"), $"```{language}\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
}
