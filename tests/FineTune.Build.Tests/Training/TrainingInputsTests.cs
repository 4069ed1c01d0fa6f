using FineTune.Build.RecipeFiles;
using FineTune.Build.Training;
using FineTune.TestSupport;

namespace FineTune.Build.Tests.Training;

public sealed class TrainingInputsTests
{
    [Fact]
    public void Recipes_ComeAfterThoseWhoseResultsTheyTake()
    {
        RecipeFileReference[] references =
        [
            Names("Chat", "model.base", "runs/Pretrain/model"), Names("Alone", "model.base", "models/tiny"),
            Names("Pretrain", "model.base", "./runs/Words/model"), Names("Words", "model.base", "models/tiny"),
            Names("Chat", "data.train", "chat.jsonl"),
        ];

        Assert.Equal(["Words", "Pretrain", "Chat", "Alone"], TrainingInputs.Order(references));
    }

    [Fact]
    public void Circle_HasSomeOrder() => Assert.Equal(
        ["B", "A"], TrainingInputs.Order([Names("A", "model.base", "runs/B/model"), Names("B", "model.base", "runs/A/model")]));

    [Fact]
    public void Files_AreThoseNamed_AndThoseOfModelFolders()
    {
        using var folder = new TemporaryFolder();
        folder.Write("model/config.json", "{}");
        folder.Write("model/model.safetensors", "");
        folder.Write("model/deeper/other.json", "");

        Assert.Equal(
            [folder.File("missing.jsonl"), folder.File("model/config.json"), folder.File("model/model.safetensors")],
            TrainingInputs.Files([Names("A", "model.base", "model"), Names("A", "data.train", "missing.jsonl"), Names("A", "data.test", "missing.jsonl")], folder.Path));
    }

    private static RecipeFileReference Names(string recipe, string key, string path) => new(recipe, key, path, "a.recipe.yaml", 1, 1);
}
