using Microsoft.Build.Logging.StructuredLogger;

namespace FineTune.Sdk.IntegrationTests;

/// <summary><c>dotnet build -t:Train</c>: training as an incremental target.</summary>
public sealed class TrainTargetTests(PackedFeed feed)
{
    [Fact]
    public void Train_TrainsWhatChanged_AndNothingElse()
    {
        using OutsideProject project = TrainingProject.Create(feed);
        project.Write("second.recipe.yaml", TrainingProject.Recipe.Replace("Tiny", "Second", StringComparison.Ordinal));

        BuildResult first = Train(project);
        Assert.True(first.Succeeded, first.Text);
        Assert.Contains("Trained 3 steps", first.Text, StringComparison.Ordinal);
        var (tiny, second) = (Weights(project, "Tiny"), Weights(project, "Second"));

        BuildResult again = Train(project);
        Assert.True(again.Succeeded, again.Text);
        Assert.False(again.Ran("_FineTuneTrainRecipes"), again.Text);

        project.Write("second.recipe.yaml", TrainingProject.Recipe.Replace("Tiny", "Second", StringComparison.Ordinal).Replace("1e-2", "2e-2", StringComparison.Ordinal));
        BuildResult changed = Train(project);
        Assert.True(changed.Succeeded, changed.Text);
        Assert.Equal(tiny, Weights(project, "Tiny"));
        Assert.NotEqual(second, Weights(project, "Second"));
        Assert.False(Train(project).Ran("_FineTuneTrainRecipes"));

        Directory.Delete(project.File("runs/Tiny"), recursive: true);
        Assert.True(Train(project, "-p:Recipe=Second").Succeeded);
        Assert.False(Directory.Exists(project.File("runs/Tiny")));
        Assert.True(Train(project, "-p:Recipe=Tiny").Succeeded);
        Assert.Equal(tiny.Bytes, Weights(project, "Tiny").Bytes);
    }

    [Fact]
    public void Mistake_IsAnErrorWithCodeAndPlace_AndIsTriedAgain()
    {
        using OutsideProject project = TrainingProject.Create(feed);
        string rows = File.ReadAllText(project.File("data/train.jsonl"));
        project.Write("data/train.jsonl", rows + "{\"text\": \n");

        BuildResult result = Train(project);

        Assert.False(result.Succeeded);
        Error error = Assert.Single(result.Diagnostics.OfType<Error>());
        Assert.StartsWith("FT", error.Code, StringComparison.Ordinal);
        Assert.Equal((project.File("data/train.jsonl"), 9), (error.File, error.LineNumber));

        project.Write("data/train.jsonl", rows);
        Assert.True(Train(project).Ran("_FineTuneTrainRecipes"));
    }

    [Fact]
    public void UnknownRecipe_IsToldWithANeighbour()
    {
        using OutsideProject project = TrainingProject.Create(feed, "<FineTuneDevice>none</FineTuneDevice>");

        Error error = Assert.Single(Train(project, "-p:Recipe=Tinny").Diagnostics.OfType<Error>());

        Assert.Equal("FT3051", error.Code);
        Assert.Contains("'Tiny'", error.Text, StringComparison.Ordinal);
    }

    private static BuildResult Train(OutsideProject project, params string[] arguments) => project.Build(["-t:Train", .. arguments]);

    private static (string Bytes, DateTime Written) Weights(OutsideProject project, string recipe)
    {
        string file = Assert.Single(Directory.GetFiles(project.File($"runs/{recipe}/model"), "*.safetensors"));
        return (Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file))), File.GetLastWriteTimeUtc(file));
    }
}
