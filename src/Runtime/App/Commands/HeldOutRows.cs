using FineTune.Recipes;

namespace FineTune.App.Commands;

/// <summary>The rows that training does not see.</summary>
internal static class HeldOutRows
{
    /// <exception cref="FineTuneException">FT5004: the recipe has none.</exception>
    public static void Require(RecipeOptions options)
    {
        if (!options.Data.HasTest)
        {
            throw new FineTuneException(
                "FT5004", $"The recipe '{options.Name}' has no held-out rows. Set 'data.test' to a file of rows that training does not see, or 'data.test_size' to hold some out.");
        }
    }
}
