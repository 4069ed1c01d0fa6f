using static TorchSharp.torch;

namespace FineTune.Adapters;

/// <summary>
/// What rounding takes from an adapter in a merge. A weight's neighbours in bf16 are 1/256 of it apart: an update smaller than
/// half of that vanishes.
/// </summary>
internal static class RoundingLoss
{
    /// <summary>
    /// 1 − ⟨Δ', Δ⟩ / ⟨Δ, Δ⟩ over all weights that a merge changes, where Δ = W' − W for the merged weight W' and
    /// Δ' = round(W') − round(W): 0 if the merged weights move as far in the adapter's direction as the adapter does, 1 if they do
    /// not move.
    /// </summary>
    /// <param name="adapters">The adapter, attached.</param>
    /// <param name="type">The type that merged weights are rounded to.</param>
    public static double Of(AdapterSet adapters, ScalarType type)
    {
        using var none = no_grad();
        var (kept, whole) = (0.0, 0.0);
        adapters.Enable(false);
        foreach (var (_, parameter, merged) in adapters.Merged())
        {
            using var scope = NewDisposeScope();
            using var after = merged;
            var before = parameter.Value.to(ScalarType.Float32);
            var update = after - before;
            var moved = Rounded(after, type) - Rounded(before, type);
            kept += (moved * update).sum(ScalarType.Float64).item<double>();
            whole += (update * update).sum(ScalarType.Float64).item<double>();
        }

        adapters.Enable(true);
        return whole == 0 ? 0 : 1 - kept / whole;
    }

    private static Tensor Rounded(Tensor value, ScalarType type) => value.to(type).to(ScalarType.Float32);
}
