using static TorchSharp.torch;

namespace FineTune.Tensors;

/// <summary>What the attention's backward pass needs besides its output.</summary>
/// <param name="Query">[tokens, heads · headSize].</param>
/// <param name="Key">[tokens, keyHeads · headSize].</param>
/// <param name="Value">Likewise.</param>
/// <param name="LogSum">log Σ exp of each query's scores, [heads, tokens] fp32.</param>
internal sealed record AttentionState(Tensor Query, Tensor Key, Tensor Value, Tensor LogSum) : IDisposable
{
    public void Dispose()
    {
        foreach (var tensor in new[] { Query, Key, Value, LogSum })
            tensor.Dispose();
    }
}
