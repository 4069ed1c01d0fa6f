using static TorchSharp.torch;

namespace FineTune.Adapters;

/// <summary>
/// What rounding takes from an adapter in a merge. A weight's neighbours in bf16 are 1/256 of it apart: an update smaller than
/// half of that vanishes.
/// </summary>
internal static class RoundingLoss
{
    /// <summary>
    /// 1 − ⟨Δ', Δ⟩ / ⟨Δ, Δ⟩ over all adapted layers, where Δ = scale · B A and Δ' = round(W + Δ) − round(W): 0 if the merged
    /// weights move as far in the adapter's direction as the adapter does, 1 if they do not move.
    /// </summary>
    /// <param name="adapters">The adapters, attached.</param>
    /// <param name="type">The type that merged weights are rounded to.</param>
    public static double Of(AdapterSet adapters, ScalarType type)
    {
        using var none = no_grad();
        var (kept, whole) = (0.0, 0.0);
        foreach (var layer in adapters.Layers)
        {
            using var scope = NewDisposeScope();
            var adapter = layer.Adapter!;
            var weight = layer.Weight.Value.to(ScalarType.Float32);
            var update = mm(adapter.B.Value, adapter.A.Value) * adapter.Scale;
            var moved = Rounded(weight + update, type) - Rounded(weight, type);
            kept += (moved * update).sum(ScalarType.Float64).item<double>();
            whole += (update * update).sum(ScalarType.Float64).item<double>();
        }

        return whole == 0 ? 0 : 1 - kept / whole;
    }

    private static Tensor Rounded(Tensor value, ScalarType type) => value.to(type).to(ScalarType.Float32);
}
