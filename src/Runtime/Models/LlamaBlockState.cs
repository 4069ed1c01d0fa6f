using FineTune.Tensors;
using static TorchSharp.torch;

namespace FineTune.Models;

/// <summary>
/// What a block's backward pass needs. For each token 4 · hidden + 2 · key/value width + 2 · intermediate numbers; the normed
/// inputs and the activated gate are computed again instead.
/// </summary>
internal sealed class LlamaBlockState : IDisposable
{
    private Tensor[] _tensors = [];
    private AttentionState? _attention;

    public LinearGroupState QueryKeyValue { get; } = new(3);

    public LinearState Output { get; } = new();

    public LinearGroupState GateUp { get; } = new(2);

    public LinearState Down { get; } = new();

    public Tensor Hidden => _tensors[0];

    public Tensor InputScale => _tensors[1];

    public Tensor Attended => _tensors[2];

    public Tensor Middle => _tensors[3];

    public Tensor MiddleScale => _tensors[4];

    public Tensor GateOutput => _tensors[5];

    public Tensor UpOutput => _tensors[6];

    /// <summary>The attention's queries, keys and values, after the rotation, and its log-sums.</summary>
    public AttentionState Attention => _attention!;

    /// <summary>Takes the tensors over, in the order of the properties above.</summary>
    public void Keep(params Tensor[] tensors) => _tensors = [.. tensors.Select(tensor => tensor.DetachFromDisposeScope())];

    /// <summary>Takes the attention's tensors over.</summary>
    public void KeepAttention(AttentionState attention)
    {
        foreach (var tensor in new[] { attention.Query, attention.Key, attention.Value, attention.LogSum })
            tensor.DetachFromDisposeScope();
        _attention = attention;
    }

    public void Dispose()
    {
        foreach (var tensor in _tensors)
            tensor.Dispose();
        _attention?.Dispose();
        foreach (var state in new IDisposable[] { QueryKeyValue, Output, GateUp, Down })
            state.Dispose();
    }
}
