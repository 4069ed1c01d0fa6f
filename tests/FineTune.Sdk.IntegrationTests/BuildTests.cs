using FineTune.TestSupport;
using Microsoft.Build.Logging.StructuredLogger;

namespace FineTune.Sdk.IntegrationTests;

/// <summary>A project's everyday: build, build again, edit, clean.</summary>
public sealed class BuildTests(PackedFeed feed)
{
    [Fact]
    public void RecipeAlone_IsAProgram_AndTheSecondBuildDoesNothing()
    {
        using var project = new OutsideProject(feed);

        Assert.True(project.BuildCleanly().Ran("CoreCompile"));
        Assert.False(project.BuildCleanly().Ran("CoreCompile"));

        CommandResult help = project.Start("--help");
        Assert.True(help.ExitCode == 0, help.Text);
        Assert.Contains("train", help.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void EditedRecipe_CompilesAnew_AndAMistakeIsAnErrorAtItsLine()
    {
        using var project = new OutsideProject(feed);
        project.BuildCleanly();

        project.Write("tiny.recipe.yaml", OutsideProject.Recipe + "\ntraining: { epochs: 2 }\n");
        Assert.True(project.BuildCleanly().Ran("CoreCompile"));

        project.Write("tiny.recipe.yaml", OutsideProject.Recipe + "\ntraining: { epoch: 2 }\n");
        BuildResult result = project.Build();
        Assert.False(result.Succeeded);
        Error error = Assert.Single(result.Diagnostics.OfType<Error>(), e => e.Code.StartsWith("FT1", StringComparison.Ordinal));
        Assert.Equal((project.File("tiny.recipe.yaml"), 6), (error.File, error.LineNumber));
        Assert.Contains("epochs", error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void NewRecipe_IsSeen()
    {
        using var project = new OutsideProject(feed);
        project.BuildCleanly();

        project.Write("more/other.recipe.yaml", OutsideProject.Recipe.Replace("Tiny", "Other", StringComparison.Ordinal));

        Assert.True(project.BuildCleanly().Ran("CoreCompile"));
    }

    [Fact]
    public void Schema_IsWhereARecipeCanNameIt()
    {
        using var project = new OutsideProject(feed);
        project.BuildCleanly();
        Assert.Contains("\"title\": \"FineTune.Sdk recipe\"", File.ReadAllText(project.File("obj/finetune.schema.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void AttributesAndOptions_NeedNoUsing()
    {
        using var project = new OutsideProject(feed);
        project.Write("Recipes.cs", """
            namespace App;

            [BaseModel("model")]
            public sealed class Model;

            [Dataset("data/train.jsonl")]
            [Prompt("{Text|completion}")]
            public sealed record Line(string Text);

            [Recipe<Model, Line>]
            [Lora(Rank = 4)]
            [Sft(LearningRate = 1e-3, Schedule = LearningRateSchedule.Cosine)]
            public sealed partial class Second;
            """);

        project.BuildCleanly();
    }

    [Fact]
    public void ProgramWithItsOwnMain_KeepsIt()
    {
        using var project = new OutsideProject(feed);
        project.Write("Program.cs", "Console.WriteLine(System.IO.Directory.GetCurrentDirectory() + \" \" + new App.Tiny().Options.Data.Train);");
        project.BuildCleanly();

        // Also shows that relative paths start at the project, wherever dotnet run is called.
        Assert.Equal($"{project.Root} data/train.jsonl", project.Start().Output.Trim());
    }

    [Fact]
    public void Clean_LeavesNothingOfOurs()
    {
        using var project = new OutsideProject(feed, properties: "<FineTuneDevice>cpu</FineTuneDevice>");
        project.BuildCleanly();
        Assert.NotEmpty(OurFiles());

        Assert.True(project.Build("-t:Clean").Succeeded);

        Assert.Empty(OurFiles());

        IEnumerable<string> OurFiles() => Directory.EnumerateFiles(project.Root, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(project.Root, file))
            // What restore writes stays, as its other files do.
            .Where(file => Path.GetFileName(file) != "finetune.schema.json")
            .Where(file => file.Contains("finetune", StringComparison.Ordinal) || file.EndsWith(".so", StringComparison.Ordinal));
    }

    [Fact]
    public void Warning_BecomesAnErrorByGlobalconfig_AndGoesByNoWarn()
    {
        using var project = new OutsideProject(feed);
        project.Write("data/test.jsonl", """{"text": "b"}""");
        project.Write("tiny.recipe.yaml", OutsideProject.Recipe.Replace("data/train.jsonl", "data/train.jsonl\n  test: data/test.jsonl", StringComparison.Ordinal) + "\nevaluation: { metrics: [perplexity], max_new_tokens: 24 }\n");

        BuildResult warned = project.Build();
        Assert.True(warned.Succeeded, warned.Text);
        Assert.Equal("FT1103", Assert.Single(warned.Diagnostics.OfType<Warning>()).Code);

        project.Write(".globalconfig", "is_global = true\ndotnet_diagnostic.FT1103.severity = error\n");
        BuildResult failed = project.Build();
        Assert.False(failed.Succeeded);
        Assert.Equal(["FT1103"], failed.ErrorCodes);

        File.Delete(project.File(".globalconfig"));
        project.BuildCleanly("-p:NoWarn=FT1103");
    }

    [Fact]
    public void ProjectsOfASolution_BuildInParallel()
    {
        using var project = new OutsideProject(feed);
        foreach (string name in (string[])["first", "second", "third"])
        {
            project.Write($"../{name}/{name}.csproj", File.ReadAllText(project.File("App.csproj")));
            project.Write($"../{name}/tiny.recipe.yaml", OutsideProject.Recipe);
            project.Write($"../{name}/data/train.jsonl", """{"text": "a"}""");
            TinyModel.Write(project.File($"../{name}/model"));
        }

        project.Write("../All.proj", """
            <Project>
              <ItemGroup><All Include="*/*.csproj" /></ItemGroup>
              <Target Name="Build"><MSBuild Projects="@(All)" Targets="Restore" BuildInParallel="true" Properties="Step=1" /><MSBuild Projects="@(All)" Targets="Build" BuildInParallel="true" /></Target>
            </Project>
            """);

        project.BuildCleanly("../All.proj", "-m:4");
        Assert.All((string[])["app", "first", "second", "third"], name => Assert.NotEmpty(Directory.GetFiles(project.File($"../{name}/bin"), "*.dll", SearchOption.AllDirectories)));
    }

    [Theory]
    [InlineData("a folder")]
    [InlineData("a[b] c")]
    [InlineData("größe")]
    public void FolderNames_MayHaveAnyLetters(string name)
    {
        using var project = new OutsideProject(feed, folderName: name);

        project.BuildCleanly();
        Assert.Equal(0, project.Start("--help").ExitCode);
    }
}
