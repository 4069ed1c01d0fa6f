using FineTune.Adapters;
using FineTune.Models;
using FineTune.Recipes;
using FineTune.Tensors;
using FineTune.Training;
using static TorchSharp.torch;

namespace FineTune.App;

/// <summary>Merges a recipe's adapter into a model folder of 16-bit weights.</summary>
internal static class AdapterMerge
{
    private const double LargestLoss = 0.5;

    /// <exception cref="FineTuneException">FT5604: 16 bits cannot hold the adapter's change.</exception>
    public static MergeResult Write(RecipeOptions options, RunFolder folder, string output)
    {
        TorchLibrary.Load();
        using var none = no_grad();
        using var model = CausalLanguageModel.Load(options.Model.Base);
        using var adapters = PeftFolder.Load(folder.AdapterFolder, model);
        // A checkpoint of half precision stays one; all others become bf16.
        var type = model.Config.StoredType == ScalarType.Float16 ? ScalarType.Float16 : ScalarType.BFloat16;
        var lost = RoundingLoss.Of(adapters, type);
        if (lost > LargestLoss)
        {
            throw new FineTuneException(
                "FT5604",
                $"Rounding to 16 bits would take {lost:P0} of the adapter's change: it is too small beside the weights. Use the adapter with its base model, or train it further.",
                folder.AdapterFolder);
        }

        var layers = adapters.Adapters.Count;
        adapters.Merge();
        ModelFolder.Save(output, model, options.Model.Base, type);
        var bytes = new FileInfo(Path.Combine(output, "model.safetensors")).Length;
        return new MergeResult(layers, type == ScalarType.Float16 ? "float16" : "bfloat16", bytes, lost);
    }
}
