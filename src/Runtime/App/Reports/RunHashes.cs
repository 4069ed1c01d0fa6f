using System.Security.Cryptography;
using FineTune.Training;

namespace FineTune.App.Reports;

/// <summary>SHA-256 of all that decides a run, hexadecimal.</summary>
/// <param name="Recipe">Of <c>recipe.yaml</c>; null if the run has none.</param>
/// <param name="BaseModel">Over the names and hashes of the model's files.</param>
/// <param name="TrainingData">Of the training rows' file.</param>
/// <param name="TestData">Of the held-out rows' file.</param>
internal sealed record RunHashes(string? Recipe, string BaseModel, string TrainingData, string? TestData)
{
    public static RunHashes Of(RunFolder folder, RunInputs inputs)
    {
        var recipe = File.Exists(folder.RecipeFile) ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(folder.RecipeFile))) : null;
        return new RunHashes(recipe, inputs.BaseModel, inputs.TrainingData, inputs.TestData);
    }
}
