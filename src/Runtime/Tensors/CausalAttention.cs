using FineTune.Data;
using static TorchSharp.torch;

namespace FineTune.Tensors;

/// <summary>
/// Causal attention over packed sequences with grouped key/value heads: <c>softmax(scale · Q Kᵀ) V</c> within each sequence.
/// Tiles of 64 queries meet tiles of 64 keys, up to the diagonal, in memory that stays in the caches, all in fp32: scores are
/// exponents, whose rounding to bf16 alone would change probabilities by percents. The backward pass computes the
/// probabilities again from the saved log-sums (Dao et al. 2022).
/// </summary>
internal static unsafe class CausalAttention
{
    /// <summary>The forward pass.</summary>
    /// <param name="query">[tokens, heads · headSize], fp32 or bf16.</param>
    /// <param name="key">[tokens, keyHeads · headSize].</param>
    /// <param name="value">Likewise.</param>
    /// <param name="layout">The sequences.</param>
    /// <param name="headSize">Elements of a head.</param>
    /// <param name="scale">Multiplies the scores.</param>
    /// <returns>The output [tokens, heads · headSize], and log Σ exp of each query's scores [heads, tokens] for the backward pass.</returns>
    public static (Tensor Output, Tensor LogSum) Forward(Tensor query, Tensor key, Tensor value, SequenceLayout layout, long headSize, double scale)
    {
        var heads = AttentionHeads.Of(query, key, headSize);
        var output = StepMemory.EmptyLike(query);
        var logSum = StepMemory.Empty(ScalarType.Float32, heads.Count, query.shape[0]);
        AttentionForward.Arguments arguments = new(
            heads, query.shape[0], (float)scale, (nint)TensorMemory.Address(query), (nint)TensorMemory.Address(key), (nint)TensorMemory.Address(value),
            (nint)TensorMemory.Address(output), (nint)TensorMemory.Address(logSum));
        AttentionWork.For(layout, heads, length => AttentionForward.Scratch(heads, length), query.dtype == ScalarType.BFloat16
            ? (work, scratch) => AttentionForward.Run<BFloat16Element>(arguments, work, (float*)scratch)
            : (work, scratch) => AttentionForward.Run<Float32Element>(arguments, work, (float*)scratch));
        return (output, logSum);
    }

    /// <summary>The output alone.</summary>
    /// <inheritdoc cref="Forward"/>
    public static Tensor Evaluate(Tensor query, Tensor key, Tensor value, SequenceLayout layout, long headSize, double scale)
    {
        var (output, logSum) = Forward(query, key, value, layout, headSize, scale);
        logSum.Dispose();
        return output;
    }

    /// <summary>The backward pass: the gradients of query, key and value.</summary>
    /// <param name="gradOutput">[tokens, heads · headSize].</param>
    /// <param name="output">The forward pass's output.</param>
    /// <param name="state">Its inputs and log-sums.</param>
    /// <param name="layout">The sequences.</param>
    /// <param name="headSize">Elements of a head.</param>
    /// <param name="scale">The scores' factor.</param>
    public static (Tensor Query, Tensor Key, Tensor Value) Backward(
        Tensor gradOutput, Tensor output, AttentionState state, SequenceLayout layout, long headSize, double scale)
    {
        var heads = AttentionHeads.Of(state.Query, state.Key, headSize);
        var (query, key, value) = (StepMemory.EmptyLike(state.Query), StepMemory.EmptyLike(state.Key), StepMemory.EmptyLike(state.Value));
        AttentionBackward.Arguments arguments = new(
            heads, output.shape[0], (float)scale, (nint)TensorMemory.Address(state.Query), (nint)TensorMemory.Address(state.Key), (nint)TensorMemory.Address(state.Value),
            (nint)TensorMemory.Address(output), (nint)TensorMemory.Address(gradOutput), (nint)TensorMemory.Address(state.LogSum),
            (nint)TensorMemory.Address(query), (nint)TensorMemory.Address(key), (nint)TensorMemory.Address(value));
        AttentionWork.For(layout, heads, length => AttentionBackward.Scratch(heads, length), output.dtype == ScalarType.BFloat16
            ? (work, scratch) => AttentionBackward.Run<BFloat16Element>(arguments, work, (float*)scratch)
            : (work, scratch) => AttentionBackward.Run<Float32Element>(arguments, work, (float*)scratch));
        return (query, key, value);
    }

    /// <summary>The same by plain operations with automatic gradients, for tests and as documentation.</summary>
    public static Tensor Reference(Tensor query, Tensor key, Tensor value, SequenceLayout layout, long headSize, double scale)
    {
        var heads = AttentionHeads.Of(query, key, headSize);
        var outputs = Enumerable.Range(0, layout.Lengths.Count).Where(sequence => layout.Lengths[sequence] > 0).Select(sequence =>
        {
            var length = layout.Lengths[sequence];
            Tensor Heads(Tensor rows, params long[] shape) =>
                rows.narrow(0, layout.Starts[sequence], length).view([length, .. shape, headSize]).to(ScalarType.Float32);
            var q = Heads(query, heads.KeyHeads, heads.Group).permute(1, 2, 0, 3);
            var k = Heads(key, heads.KeyHeads).transpose(0, 1).unsqueeze(1);
            var v = Heads(value, heads.KeyHeads).transpose(0, 1).unsqueeze(1);
            var unseen = ones(length, length, dtype: ScalarType.Bool).triu(1);
            var scores = q.matmul(k.transpose(-1, -2)).mul(scale).masked_fill(unseen, double.NegativeInfinity);
            return softmax(scores, -1).matmul(v).permute(2, 0, 1, 3).reshape(length, -1);
        });
        return cat([.. outputs]).to(query.dtype);
    }
}
