extern alias Runtime;

using FineTune.Build.RecipeFiles;

[assembly: Runtime::FineTune.Recipes.RecipeFile("Tiny", "data.train", "data/größe.jsonl", "src/Recipes.cs", 12, 300)]
[assembly: Runtime::FineTune.Recipes.RecipeFile("Tiny", "model.base", "", "tiny.recipe.yaml", 1, 1)]

namespace FineTune.Build.Tests.RecipeFiles;

public sealed class RecipeFileReferenceTests
{
    [Fact]
    public void AttributesOfAnAssembly_AreReadBack()
    {
        using FileStream assembly = File.OpenRead(typeof(RecipeFileReferenceTests).Assembly.Location);

        Assert.Equal(
            [
                new RecipeFileReference("Tiny", "data.train", "data/größe.jsonl", "src/Recipes.cs", 12, 300),
                new RecipeFileReference("Tiny", "model.base", "", "tiny.recipe.yaml", 1, 1),
            ],
            RecipeFileReference.ReadAll(assembly));
    }

    [Fact]
    public void AssemblyWithoutRecipes_HasNone()
    {
        using FileStream assembly = File.OpenRead(typeof(RecipeFileReference).Assembly.Location);

        Assert.Empty(RecipeFileReference.ReadAll(assembly));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(1000)]
    public void TruncatedAssembly_IsRefused(int length)
    {
        byte[] start = File.ReadAllBytes(typeof(RecipeFileReference).Assembly.Location)[..length];

        Assert.Throws<BadImageFormatException>(() => RecipeFileReference.ReadAll(new MemoryStream(start)));
    }
}
