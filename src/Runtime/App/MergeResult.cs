namespace FineTune.App;

/// <summary>What a merge wrote.</summary>
/// <param name="Layers">How many layers had an adapter.</param>
/// <param name="DType">The type of the written weights.</param>
/// <param name="Bytes">The size of the weights.</param>
/// <param name="LostShare">
/// The share of the adapter that rounding to 16 bits lost: ‖(rounded − base) − Δ‖ / ‖Δ‖ over all adapted layers.
/// </param>
internal sealed record MergeResult(int Layers, string DType, long Bytes, double LostShare);
