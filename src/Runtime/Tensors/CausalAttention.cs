using FineTune.Data;
using static TorchSharp.torch;

namespace FineTune.Tensors;

/// <summary>
/// Causal attention over packed sequences with grouped key/value heads: <c>softmax(scale · Q Kᵀ) V</c> within each sequence.
/// Queries go through in blocks that stop at their last visible key, so that neither pass holds more scores than one block's
/// (Rabe and Staats 2021); the backward pass computes the probabilities again from the saved log-sums (Dao et al. 2022).
/// </summary>
internal static class CausalAttention
{
    /// <summary>The forward pass.</summary>
    /// <param name="query">[tokens, heads · headSize].</param>
    /// <param name="key">[tokens, keyHeads · headSize].</param>
    /// <param name="value">Likewise.</param>
    /// <param name="layout">The sequences.</param>
    /// <param name="headSize">Elements of a head.</param>
    /// <param name="scale">Multiplies the scores.</param>
    /// <returns>The output [tokens, heads · headSize], and what the backward pass needs.</returns>
    public static (Tensor Output, IReadOnlyList<AttentionState> States) Forward(
        Tensor query, Tensor key, Tensor value, SequenceLayout layout, long headSize, double scale)
    {
        var heads = AttentionHeads.Of(query, key, headSize);
        var output = StepMemory.EmptyLike(query);
        var states = new List<AttentionState>();
        foreach (var group in AttentionGroup.Of(layout))
        {
            using var scope = NewDisposeScope();
            var rows = group.Sequences * heads.Count * AttentionGroup.Block;
            var state = new AttentionState(
                group, group.PackQueries(query, heads), group.PackKeys(key, heads), group.PackKeys(value, heads),
                StepMemory.Empty(ScalarType.Float32, group.Blocks, rows));
            using (StepMemory.Temporaries())
            {
                var packed = StepMemory.EmptyLike(state.Query);
                var (q, k) = ForScores(state);
                for (var block = 0; block < group.Blocks; block++)
                    ForwardBlock(state, q, k, block, heads, packed, scale);
                group.UnpackQueries(packed, output, heads);
            }

            states.Add(state.Detach());
        }

        return (output, states);
    }

    /// <summary>The output alone.</summary>
    /// <inheritdoc cref="Forward"/>
    public static Tensor Evaluate(Tensor query, Tensor key, Tensor value, SequenceLayout layout, long headSize, double scale)
    {
        var (output, states) = Forward(query, key, value, layout, headSize, scale);
        foreach (var state in states)
            state.Dispose();
        return output;
    }

    /// <summary>The backward pass: the gradients of query, key and value.</summary>
    /// <param name="gradOutput">[tokens, heads · headSize].</param>
    /// <param name="output">The forward pass's output.</param>
    /// <param name="states">What it kept.</param>
    /// <param name="keyHeads">Key and value heads.</param>
    /// <param name="headSize">Elements of a head.</param>
    /// <param name="scale">The scores' factor.</param>
    public static (Tensor Query, Tensor Key, Tensor Value) Backward(
        Tensor gradOutput, Tensor output, IReadOnlyList<AttentionState> states, long keyHeads, long headSize, double scale)
    {
        var heads = new AttentionHeads(output.shape[1] / headSize, keyHeads, headSize);
        var query = StepMemory.EmptyLike(output);
        var (key, value) = (StepMemory.Empty(output.dtype, output.shape[0], keyHeads * headSize), StepMemory.Empty(output.dtype, output.shape[0], keyHeads * headSize));
        foreach (var state in states)
        {
            using var scope = NewDisposeScope();
            using var temporaries = StepMemory.Temporaries();
            var group = state.Group;
            var (packedGrad, packedQuery) = (group.PackQueries(gradOutput, heads), StepMemory.EmptyLike(state.Query));
            // Keys gather from several blocks: summed in fp32.
            var (packedKey, packedValue) = (StepMemory.Zeros(ScalarType.Float32, state.Key.shape), StepMemory.Zeros(ScalarType.Float32, state.Value.shape));
            var delta = AttentionSoftmax.Delta(group.PackQueries(output, heads), packedGrad);
            var (q, k) = ForScores(state);
            for (var block = 0; block < group.Blocks; block++)
                BackwardBlock(state, q, k, block, heads, packedGrad, delta, packedQuery, packedKey, packedValue, scale);
            group.UnpackQueries(packedQuery, query, heads);
            group.UnpackKeys(packedKey, key, heads);
            group.UnpackKeys(packedValue, value, heads);
        }

        return (query, key, value);
    }

    /// <summary>The same by plain operations with automatic gradients, for tests and as documentation.</summary>
    public static Tensor Reference(Tensor query, Tensor key, Tensor value, SequenceLayout layout, long headSize, double scale)
    {
        var heads = AttentionHeads.Of(query, key, headSize);
        var outputs = layout.Lengths.Select((length, sequence) =>
        {
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

    // Scores are exponents: in bf16 their rounding alone would change probabilities by percents.
    private static (Tensor Query, Tensor Key) ForScores(AttentionState state)
    {
        if (state.Query.dtype == ScalarType.Float32)
            return (state.Query.alias(), state.Key.alias());
        var (query, key) = (StepMemory.Empty(ScalarType.Float32, state.Query.shape), StepMemory.Empty(ScalarType.Float32, state.Key.shape));
        query.copy_(state.Query);
        key.copy_(state.Key);
        return (query, key);
    }

    private static void ForwardBlock(AttentionState state, Tensor query, Tensor key, int block, AttentionHeads heads, Tensor packed, double scale)
    {
        using var scope = NewDisposeScope();
        using var temporaries = StepMemory.Temporaries();
        var p = Probabilities(state, query, key, block, heads, scale, known: false);
        Queries(packed, state, block, heads).copy_(bmm(p, Keys(state.Value, state, block, heads)));
    }

    private static void BackwardBlock(
        AttentionState state, Tensor query, Tensor key, int block, AttentionHeads heads, Tensor packedGrad, Tensor delta, Tensor packedQuery, Tensor packedKey, Tensor packedValue, double scale)
    {
        using var scope = NewDisposeScope();
        using var temporaries = StepMemory.Temporaries();
        var p = Probabilities(state, query, key, block, heads, scale, known: true);
        var grad = Queries(packedGrad, state, block, heads);
        Keys(packedValue, state, block, heads).add_(bmm(p.transpose(1, 2), grad));
        var gradScores = bmm(grad, Keys(state.Value, state, block, heads).transpose(1, 2));
        AttentionSoftmax.BackwardInPlace(gradScores, p, delta.select(0, block), (float)scale);
        Queries(packedQuery, state, block, heads).copy_(bmm(gradScores, Keys(state.Key, state, block, heads)));
        Keys(packedKey, state, block, heads).add_(bmm(gradScores.transpose(1, 2), Queries(state.Query, state, block, heads)));
    }

    // [sequences · keyHeads, group · 64, keys]
    private static Tensor Probabilities(AttentionState state, Tensor query, Tensor key, int block, AttentionHeads heads, double scale, bool known)
    {
        var type = state.Query.dtype;
        var scores = bmm(Queries(query, state, block, heads), Keys(key, state, block, heads).transpose(1, 2));
        var p = type == ScalarType.Float32 ? scores : StepMemory.Empty(type, scores.shape);
        AttentionSoftmax.Forward(scores, p, state.LogSum.select(0, block), AttentionGroup.Block, block * AttentionGroup.Block, (float)scale, known);
        return p;
    }

    // A block's queries as the rows of one matrix for each sequence and key head: a view [sequences · keyHeads, group · 64, headSize].
    private static Tensor Queries(Tensor packed, AttentionState state, int block, AttentionHeads heads) =>
        packed.select(0, block).narrow(0, 0, state.Group.Reaching(block)).view(-1, heads.Group * AttentionGroup.Block, heads.Size);

    // The keys that a block sees: a view [sequences · keyHeads, keys, headSize].
    private static Tensor Keys(Tensor packed, AttentionState state, int block, AttentionHeads heads) =>
        packed.narrow(0, 0, state.Group.Reaching(block)).view(-1, state.Group.Blocks * AttentionGroup.Block, heads.Size)
            .narrow(1, 0, (block + 1) * AttentionGroup.Block);
}
