using Microsoft.CodeAnalysis;

namespace FineTune.Generators.Tests;

/// <summary>What an edit makes the generator do again. (That an unrelated file does nothing is checked in every test.)</summary>
public sealed class CachingTests
{
    private const string Yaml = """
        recipe: Tiny
        model: { base: models/tiny }
        data: { train: train.jsonl, prompt: "{question}{answer|completion}" }
        training: { epochs: 1 }
        """;

    private const string Code = """
        using FineTune.Attributes;
        namespace Samples;
        [BaseModel("models/tiny")] public sealed class Model;
        [Dataset("train.jsonl")] [Prompt("{A|completion}")] public sealed record Row(string A);
        [Recipe<Model, Row>] public sealed partial class Sharp;
        """;

    [Fact]
    public void ACommentInYamlReadsTheFileAndEmitsNothing()
    {
        var reasons = EditYaml(Yaml, "# A comment above all.\n" + Yaml);
        Assert.Equal(IncrementalStepRunReason.Modified, reasons[TrackingNames.YamlRecipes].Single());
        Assert.All([.. reasons[TrackingNames.Pipelines], .. reasons[TrackingNames.Program], .. reasons[TrackingNames.Duplicates]], AssertNotNew);
    }

    [Fact]
    public void AValueInYamlEmitsItsPipelineAlone()
    {
        var reasons = EditYaml(Yaml, Yaml.Replace("epochs: 1", "epochs: 2", StringComparison.Ordinal));
        Assert.Equal(1, reasons[TrackingNames.Pipelines].Count(reason => reason == IncrementalStepRunReason.Modified));
        Assert.All([.. reasons[TrackingNames.Program], .. reasons[TrackingNames.CSharpRecipes]], AssertNotNew);
    }

    [Fact]
    public void AMistakeInYamlLeavesOtherRecipesAlone()
    {
        var reasons = EditYaml(Yaml, Yaml.Replace("epochs: 1", "epochs: 0", StringComparison.Ordinal));
        Assert.All(reasons[TrackingNames.CSharpRecipes], AssertNotNew);
        Assert.Equal(IncrementalStepRunReason.New, reasons[TrackingNames.Diagnostics].Single());
    }

    /// <summary>With many recipes in a project, an edit of one runs that one's steps.</summary>
    [Fact]
    public void AnEditOfOneOfManyRecipesRunsItsStepsAlone()
    {
        const int count = 20;
        var files = Enumerable.Range(0, count).Select(i => new InMemoryText($"recipe{i}.recipe.yaml", Yaml.Replace("Tiny", $"Tiny{i}", StringComparison.Ordinal))).ToList();
        var compilation = GeneratorTest.CreateCompilation([("Recipes.cs", Code)], OutputKind.ConsoleApplication);
        var driver = GeneratorTest.CreateDriver([]).AddAdditionalTexts([.. files]).RunGenerators(compilation, TestContext.Current.CancellationToken);
        var edited = new InMemoryText(files[7].Path, files[7].GetText(TestContext.Current.CancellationToken)!.ToString().Replace("epochs: 1", "epochs: 2", StringComparison.Ordinal));
        var reasons = Reasons(driver.ReplaceAdditionalText(files[7], edited).RunGenerators(compilation, TestContext.Current.CancellationToken));

        foreach (var step in new[] { TrackingNames.YamlDrafts, TrackingNames.YamlRecipes, TrackingNames.Pipelines })
            Assert.Equal((step, 1), (step, reasons[step].Count(reason => reason is IncrementalStepRunReason.Modified or IncrementalStepRunReason.New)));
        Assert.Equal(count, reasons[TrackingNames.YamlRecipes].Count);
        Assert.All([.. reasons[TrackingNames.CSharpRecipes], .. reasons[TrackingNames.Program], .. reasons[TrackingNames.Duplicates]], AssertNotNew);
    }

    [Fact]
    public void ALineInCSharpEmitsNothing()
    {
        var compilation = GeneratorTest.CreateCompilation([("Recipes.cs", Code)], OutputKind.ConsoleApplication);
        var driver = GeneratorTest.CreateDriver([("tiny.recipe.yaml", Yaml)]).RunGenerators(compilation, TestContext.Current.CancellationToken);
        var edited = GeneratorTest.CreateCompilation([("Recipes.cs", Code.Replace("namespace", "// A comment.\nnamespace", StringComparison.Ordinal))], OutputKind.ConsoleApplication);
        var reasons = Reasons(driver.RunGenerators(edited, TestContext.Current.CancellationToken));
        Assert.All([.. reasons[TrackingNames.YamlRecipes], .. reasons[TrackingNames.Pipelines], .. reasons[TrackingNames.Program]], AssertNotNew);
    }

    private static Dictionary<string, List<IncrementalStepRunReason>> EditYaml(string before, string after)
    {
        var compilation = GeneratorTest.CreateCompilation([("Recipes.cs", Code)], OutputKind.ConsoleApplication);
        var (first, second) = (new InMemoryText("tiny.recipe.yaml", before), new InMemoryText("tiny.recipe.yaml", after));
        var driver = GeneratorTest.CreateDriver([]).AddAdditionalTexts([first]).RunGenerators(compilation, TestContext.Current.CancellationToken);
        return Reasons(driver.ReplaceAdditionalText(first, second).RunGenerators(compilation, TestContext.Current.CancellationToken));
    }

    private static Dictionary<string, List<IncrementalStepRunReason>> Reasons(GeneratorDriver driver) =>
        driver.GetRunResult().Results.Single().TrackedSteps.ToDictionary(
            step => step.Key, step => step.Value.SelectMany(run => run.Outputs).Select(output => output.Reason).ToList());

    private static void AssertNotNew(IncrementalStepRunReason reason) =>
        Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, reason.ToString());
}
