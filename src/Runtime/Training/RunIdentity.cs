using System.Security.Cryptography;
using System.Text.Json;
using FineTune.Recipes;

namespace FineTune.Training;

/// <summary>What makes two runs the same run: everything that its weights depend on.</summary>
internal static class RunIdentity
{
    /// <summary>A hash of the training part of the recipe, the base model and the training rows.</summary>
    public static string Of(RecipeOptions options, RunInputs inputs)
    {
        // How often it is saved and how it is judged do not change the weights.
        var training = options.Training with { SaveSteps = null, SaveTotalLimit = 0 };
        var text = JsonSerializer.SerializeToUtf8Bytes(new
        {
            options.Model,
            options.Data.MaxLength,
            options.Data.Overlong,
            options.Data.Shuffle,
            options.Data.Limit,
            options.Adapter,
            Training = training,
            inputs.BaseModel,
            inputs.TrainingData,
        });
        return Convert.ToHexStringLower(SHA256.HashData(text));
    }
}
