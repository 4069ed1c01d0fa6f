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
    // Large enough for efficient products, small enough to skip most of the masked half.
    private const int QueryBlock = 128;

    /// <summary>The forward pass.</summary>
    /// <param name="query">[tokens, heads · headSize].</param>
    /// <param name="key">[tokens, keyHeads · headSize].</param>
    /// <param name="value">Likewise.</param>
    /// <param name="layout">The sequences.</param>
    /// <param name="headSize">Elements of a head.</param>
    /// <param name="scale">Multiplies the scores.</param>
    /// <returns>The output [tokens, heads · headSize] and the log-sums [heads, tokens], which the backward pass needs.</returns>
    public static (Tensor Output, Tensor LogSum) Forward(Tensor query, Tensor key, Tensor value, SequenceLayout layout, long headSize, double scale)
    {
        var shape = new AttentionShape(query, key, headSize);
        var output = StepMemory.EmptyLike(query);
        var logSum = StepMemory.Empty(ScalarType.Float32, shape.Heads, query.shape[0]);
        foreach (var block in Blocks(layout))
        {
            using var scope = NewDisposeScope();
            using var temporaries = StepMemory.Temporaries();
            var p = Probabilities(shape, query, key, logSum, block, scale, known: false);
            var result = bmm(p, shape.Keys(value, block));
            shape.Queries(output, block).copy_(result.view(shape.KeyHeads, shape.Group, block.Length, headSize));
        }

        return (output, logSum);
    }

    /// <summary>The backward pass: the gradients of query, key and value.</summary>
    public static (Tensor Query, Tensor Key, Tensor Value) Backward(
        Tensor gradOutput, Tensor query, Tensor key, Tensor value, Tensor output, Tensor logSum, SequenceLayout layout, long headSize, double scale)
    {
        var shape = new AttentionShape(query, key, headSize);
        var gradQuery = StepMemory.EmptyLike(query);
        using var delta = AttentionSoftmax.Delta(output, gradOutput, shape.Heads);
        // Keys gather from several blocks: summed in fp32.
        var gradKey = StepMemory.Zeros(ScalarType.Float32, key.shape);
        var gradValue = StepMemory.Zeros(ScalarType.Float32, value.shape);
        foreach (var block in Blocks(layout))
        {
            using var scope = NewDisposeScope();
            using var temporaries = StepMemory.Temporaries();
            var p = Probabilities(shape, query, key, logSum, block, scale, known: true);
            var grad = shape.QueryRows(gradOutput, block);
            var q = shape.QueryRows(query, block);
            shape.Keys(gradValue, block).add_(bmm(p.transpose(1, 2), grad));
            var gradScores = bmm(grad, shape.Keys(value, block).transpose(1, 2));
            AttentionSoftmax.BackwardInPlace(
                gradScores.view(shape.Heads, block.Length, -1), p.view(shape.Heads, block.Length, -1), delta, block.Token, (float)scale);
            shape.Queries(gradQuery, block).copy_(
                bmm(gradScores, shape.Keys(key, block)).view(shape.KeyHeads, shape.Group, block.Length, headSize));
            shape.Keys(gradKey, block).add_(bmm(gradScores.transpose(1, 2), q));
        }

        return (gradQuery, Narrowed(gradKey, key), Narrowed(gradValue, value));
    }

    /// <summary>The same by plain operations with automatic gradients, for tests and as documentation.</summary>
    public static Tensor Reference(Tensor query, Tensor key, Tensor value, SequenceLayout layout, long headSize, double scale)
    {
        var shape = new AttentionShape(query, key, headSize);
        var outputs = layout.Lengths.Select((length, sequence) =>
        {
            var block = new AttentionBlock(layout.Starts[sequence], layout.Starts[sequence], length);
            var q = shape.Queries(query, block).to(ScalarType.Float32);
            var k = shape.Keys(key, block).unsqueeze(1).to(ScalarType.Float32);
            var v = shape.Keys(value, block).unsqueeze(1).to(ScalarType.Float32);
            var unseen = ones(length, length, dtype: ScalarType.Bool).triu(1);
            var scores = q.matmul(k.transpose(-1, -2)).mul(scale).masked_fill(unseen, double.NegativeInfinity);
            return softmax(scores, -1).matmul(v).permute(2, 0, 1, 3).reshape(length, -1);
        });
        return cat([.. outputs]).to(query.dtype);
    }

    private static Tensor Probabilities(AttentionShape shape, Tensor query, Tensor key, Tensor logSum, AttentionBlock block, double scale, bool known)
    {
        // Scores are exponents: in bf16 their rounding alone would change probabilities by percents.
        var q = shape.QueryRows(query, block).to(ScalarType.Float32);
        var k = shape.Keys(key, block).to(ScalarType.Float32);
        var scores = bmm(q, k.transpose(1, 2)).view(shape.Heads, block.Length, -1);
        var p = query.dtype == ScalarType.Float32 ? scores : StepMemory.Empty(query.dtype, scores.shape);
        AttentionSoftmax.Forward(scores, p, logSum, block.Token, block.Token - block.Start, (float)scale, known);
        return p.view(shape.KeyHeads, shape.Group * block.Length, -1);
    }

    private static Tensor Narrowed(Tensor gradient, Tensor like)
    {
        if (like.dtype == ScalarType.Float32)
            return gradient;
        using (gradient)
            return gradient.to(like.dtype);
    }

    private static IEnumerable<AttentionBlock> Blocks(SequenceLayout layout)
    {
        for (var sequence = 0; sequence < layout.Lengths.Count; sequence++)
        {
            var (start, end) = (layout.Starts[sequence], layout.Starts[sequence + 1]);
            for (var token = start; token < end; token += QueryBlock)
                yield return new AttentionBlock(start, token, Math.Min(QueryBlock, end - token));
        }
    }
}
