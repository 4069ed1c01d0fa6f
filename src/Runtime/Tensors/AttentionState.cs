using static TorchSharp.torch;

namespace FineTune.Tensors;

/// <summary>What the attention's backward pass needs of one group of sequences, besides the output.</summary>
/// <param name="Group">The sequences.</param>
/// <param name="Query">Packed queries.</param>
/// <param name="Key">Packed keys.</param>
/// <param name="Value">Packed values.</param>
/// <param name="LogSum">log Σ exp of each query's scores, [blocks, rows of a block] fp32.</param>
internal sealed record AttentionState(AttentionGroup Group, Tensor Query, Tensor Key, Tensor Value, Tensor LogSum) : IDisposable
{
    /// <summary>Takes the tensors out of the current dispose scope.</summary>
    public AttentionState Detach()
    {
        foreach (var tensor in new[] { Query, Key, Value, LogSum })
            tensor.DetachFromDisposeScope();
        return this;
    }

    public void Dispose()
    {
        foreach (var tensor in new[] { Query, Key, Value, LogSum })
            tensor.Dispose();
    }
}
