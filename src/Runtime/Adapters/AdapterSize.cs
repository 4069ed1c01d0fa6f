using FineTune.Models;
using FineTune.Recipes;

namespace FineTune.Adapters;

/// <summary>The size of an adapter, known from its settings alone.</summary>
/// <param name="Parameters">The weights that it trains.</param>
/// <param name="Ranks">The sum of the ranks of the adapted linear layers: so many numbers are kept for each token.</param>
internal sealed record AdapterSize(long Parameters, long Ranks)
{
    /// <summary>The size on a model.</summary>
    public static AdapterSize Of(LoraOptions options, IReadOnlyList<ModelModule> modules)
    {
        var selection = new ModuleSelection(options, modules);
        var (parameters, ranks) = (0L, 0L);
        foreach (var module in selection.Adapted())
        {
            var (rank, outputs) = (selection.Rank(module.Path), module.Kind == ModuleKind.Embedding ? module.Columns : module.Rows);
            parameters += rank * (module.Rows + module.Columns) + (options.UseDora ? outputs : 0);
            if (module.Kind == ModuleKind.Linear)
                (parameters, ranks) = (parameters + (options.LoraBias ? outputs : 0), ranks + rank);
        }

        var copies = selection.SavedWeights().Concat(selection.Biases()).ToHashSet();
        parameters += modules.Sum(module => module.Weights.Where(copies.Contains).Sum(name => name.EndsWith(".bias", StringComparison.Ordinal) ? module.Rows : module.Rows * module.Columns));
        return new AdapterSize(parameters, ranks);
    }
}
