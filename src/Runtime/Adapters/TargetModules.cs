namespace FineTune.Adapters;

/// <summary>Which linear layers a setting means, as PEFT's <c>check_target_module_exists</c> does.</summary>
internal static class TargetModules
{
    private const string AllLinear = "all-linear";

    /// <summary>Finds the layers.</summary>
    /// <param name="targets">Names equal to a path or to its end after a dot; or <c>all-linear</c>: all but the output head.</param>
    /// <param name="linears">The model's layers.</param>
    /// <param name="path">Gives a layer's path.</param>
    /// <exception cref="FineTuneException">FT5401: a target means no layer.</exception>
    public static IReadOnlyList<T> Find<T>(IReadOnlyList<string> targets, IEnumerable<T> linears, Func<T, string> path)
    {
        var layers = linears.ToList();
        if (targets is [var only] && only.Equals(AllLinear, StringComparison.OrdinalIgnoreCase))
            return [.. layers.Where(layer => path(layer) != "lm_head")];
        if (targets.FirstOrDefault(target => !layers.Any(layer => Matches(target, path(layer)))) is { } unmatched)
        {
            var names = layers.Select(path).Select(full => full[(full.LastIndexOf('.') + 1)..]).Distinct();
            throw new FineTuneException("FT5401", $"The target '{unmatched}' is no linear layer of the model. Its layers are {string.Join(", ", names)}; "
                + $"'{AllLinear}' means all but the output head.", "adapter.targets");
        }

        return [.. layers.Where(layer => targets.Any(target => Matches(target, path(layer))))];
    }

    private static bool Matches(string target, string path) => path == target || path.EndsWith("." + target, StringComparison.Ordinal);
}
