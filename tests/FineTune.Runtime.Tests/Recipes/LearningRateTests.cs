using FineTune.Recipes;

namespace FineTune.Tests.Recipes;

public sealed class LearningRateTests
{
    private static readonly RecipeOptions Recipe = new() { Name = "Tiny", Model = new ModelOptions { Base = "model" }, Data = new DataOptions { Train = "train.jsonl" } };

    [Fact]
    public void WithoutOne_ItSuitsWhatIsTrained()
    {
        Assert.Equal(2e-4, (Recipe with { Adapter = new LoraOptions() }).LearningRate);
        Assert.Equal(2e-5, Recipe.LearningRate);
        Assert.Equal(6e-4, (Recipe with { Model = Recipe.Model with { Initialization = ModelInitialization.Random } }).LearningRate);
    }

    [Fact]
    public void TheRecipesOwn_Counts() =>
        Assert.Equal(1e-3, (Recipe with { Adapter = new LoraOptions(), Training = new TrainingOptions { LearningRate = 1e-3 } }).LearningRate);
}
