using FineTune.TestSupport;
using Microsoft.Build.Logging.StructuredLogger;

namespace FineTune.Sdk.IntegrationTests;

/// <summary>Recipes are checked against the models and data that are on disk, and again only when these change.</summary>
public sealed class FactTests(PackedFeed feed)
{
    [Fact]
    public void Facts_AreReadOnce_AndAgainWhereSomethingChanged()
    {
        using var project = new OutsideProject(feed);
        Assert.True(project.BuildCleanly().Ran("FineTuneReadFacts"));
        string[] facts = Facts(project, "*.facts");
        Assert.Equal(2, facts.Length);
        Assert.Contains(Facts(project, "*.jinja"), file => File.ReadAllText(file) == "{{ messages }}");

        BuildResult again = project.BuildCleanly();
        Assert.False(again.Ran("FineTuneReadFacts"));
        Assert.False(again.Ran("CoreCompile"));

        // Another time, the same facts: read, but nothing is compiled.
        Touch(project.File("model/config.json"));
        BuildResult touched = project.BuildCleanly();
        Assert.True(touched.Ran("FineTuneReadFacts"));
        Assert.False(touched.Ran("CoreCompile"));

        project.Write("model/config.json", TinyModel.Config.Replace("\"eos_token_id\": 1", "\"eos_token_id\": 99", StringComparison.Ordinal));
        var error = Assert.Single(project.Build().Diagnostics.OfType<Error>());
        Assert.Equal(("FT1315", project.File("tiny.recipe.yaml"), 2, 16), (error.Code, error.File, error.LineNumber, error.ColumnNumber));
    }

    [Fact]
    public void InputThatIsGone_IsNoticed()
    {
        using var project = new OutsideProject(feed);
        project.BuildCleanly();
        File.Delete(project.File("model/tokenizer.json"));

        Assert.Equal(["FT1304"], project.Build().ErrorCodes);

        Directory.Delete(project.File("model"), recursive: true);
        Assert.Equal(["FT3020"], project.Build().ErrorCodes);
        Assert.DoesNotContain(Facts(project, "*"), file => file.EndsWith(".model.facts", StringComparison.Ordinal));
    }

    [Fact]
    public void BothSurfaces_AreCheckedAtTheExactPlace()
    {
        using var project = new OutsideProject(feed);
        project.Write("tiny.recipe.yaml", OutsideProject.Recipe + "\nadapter: { targets: [q_proj, v_porj] }");
        project.Write("Recipes.cs", """
            [BaseModel("model")]
            public sealed class Model;

            [Dataset("data/train.jsonl", MaxLength = 64)]
            [Prompt("{Text|completion}")]
            public sealed partial record Line(string Text);

            [Recipe<Model, Line>]
            [Lora(Targets = "o_proj,up_prj")]
            public sealed partial class Second;
            """);

        BuildResult result = project.Build();

        Assert.Equal(
            [("FT1300", "tiny.recipe.yaml", 6, 30), ("FT1300", "Recipes.cs", 9, 25), ("FT1303", "Recipes.cs", 4, 42)],
            result.Diagnostics.OfType<Error>().Select(error => (error.Code, Path.GetFileName(error.File), error.LineNumber, error.ColumnNumber)).OrderBy(error => (error.Code, error.Item2 == "Recipes.cs")));
    }

    [Fact]
    public void BrokenData_IsAnErrorAtItsLine_BesideOtherErrors()
    {
        using var project = new OutsideProject(feed);
        project.Write("data/train.jsonl", "{\"text\": \"a\"}\n{\"text\": \n");
        project.Write("tiny.recipe.yaml", OutsideProject.Recipe + "\nadapter: { targets: [v_porj] }");

        BuildResult result = project.Build();

        Assert.Equal(["FT1300", "FT5012"], result.ErrorCodes.Order());
        var error = result.Diagnostics.OfType<Error>().Single(found => found.Code == "FT5012");
        Assert.Equal((project.File("data/train.jsonl"), 2), (error.File, error.LineNumber));
    }

    [Fact]
    public void ModelThatIsNotOnDisk_IsNoMistakeBeforeTheRun()
    {
        using var project = new OutsideProject(feed);
        project.Write("tiny.recipe.yaml", OutsideProject.Recipe.Replace("base: model", "base: Qwen/Qwen3-0.6B", StringComparison.Ordinal));

        project.BuildCleanly("-p:FineTuneCheckFiles=false");

        Assert.DoesNotContain(Facts(project, "*"), file => file.EndsWith(".model.facts", StringComparison.Ordinal));
    }

    [Fact]
    public void DataMadeBeforeCompilation_IsRead()
    {
        using var project = new OutsideProject(feed);
        File.Delete(project.File("data/train.jsonl"));
        project.Write("App.csproj", $"""
            <Project Sdk="FineTune.Sdk/{project.Version}">
              <PropertyGroup><FineTuneDevice>none</FineTuneDevice></PropertyGroup>
              <Target Name="MakeData" BeforeTargets="BeforeCompile">
                <WriteLinesToFile File="data/train.jsonl" Lines="[]" Overwrite="true" />
              </Target>
            </Project>
            """);

        Assert.Equal(["FT5012"], project.Build().ErrorCodes);
    }

    private static string[] Facts(OutsideProject project, string pattern) =>
        Directory.GetFiles(project.File("obj"), pattern, SearchOption.AllDirectories).Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == "facts").ToArray();

    private static void Touch(string file) => File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddSeconds(2));
}
