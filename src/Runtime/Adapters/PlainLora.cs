using FineTune.Recipes;
using static TorchSharp.torch;

namespace FineTune.Adapters;

/// <summary>
/// PiSSA and OLoRA as a plain adapter. A fresh PiSSA or OLoRA adapter stands on what it left of the base, which no folder holds: it is
/// written as a plain adapter of twice the rank on the unchanged base, <c>A = [A; A₀]</c>, <c>B = [B, −B₀]</c>, that gives the same model.
/// </summary>
internal static class PlainLora
{
    /// <summary>The settings of the plain adapter.</summary>
    /// <param name="options">Those that it was trained with.</param>
    public static LoraOptions Options(LoraOptions options)
    {
        // The scale stays: alpha / rank, or alpha / √rank.
        var factor = options.UseRslora ? Math.Sqrt(2) : 2;
        return options with
        {
            Initialization = LoraInitialization.Default,
            Rank = 2 * options.Rank,
            Alpha = factor * options.Alpha,
            RankPattern = [.. options.RankPattern.Select(entry => KeyValuePair.Create(entry.Key, 2 * entry.Value))],
            AlphaPattern = [.. options.AlphaPattern.Select(entry => KeyValuePair.Create(entry.Key, factor * entry.Value))],
        };
    }

    /// <summary>The trained tensors by their names, with the factors of the plain adapter.</summary>
    /// <param name="adapters">The adapter.</param>
    /// <param name="taken">What was taken from the base at first, by module path; none leaves all tensors as they are.</param>
    public static IEnumerable<KeyValuePair<string, Tensor>> Tensors(AdapterSet adapters, IReadOnlyDictionary<string, (Tensor A, Tensor B)> taken)
    {
        var values = adapters.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value);
        foreach (var (module, adapter) in adapters.Adapters)
        {
            if (!taken.TryGetValue(module.Path, out var first))
                continue;
            values[adapter.A.Name] = cat([adapter.A.Value, first.A], 0);
            values[adapter.B.Name] = cat([adapter.B.Value, first.B.neg()], 1);
        }

        return values;
    }
}
