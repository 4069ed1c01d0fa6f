using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FineTune.Tensors;

/// <summary>
/// A query's causal softmax and its gradient over tiles of scores that follow each other: of each tile the query has one row
/// of 64 keys, of the last tile it sees the first ones only. What is unseen there becomes 0, as far as the vector that holds
/// the last seen key of the query's group of four, which is as far as products read.
/// </summary>
internal static unsafe class AttentionSoftmax
{
    /// <summary>Overwrites scores with exp(score − largest).</summary>
    /// <param name="scores">The query's row in the first tile.</param>
    /// <param name="tiles">The tiles before the last.</param>
    /// <param name="row">The query's row in a tile: it sees so many keys of the last tile, and one more.</param>
    /// <returns>The sum of what was written, and the largest score.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (float Sum, float Largest) Exponentials(float* scores, int tiles, int row)
    {
        var end = End(row);
        var last = scores + tiles * AttentionTile.Scores;
        var maxima = Vector512.Create(float.NegativeInfinity);
        for (var tile = 0; tile < tiles; tile++)
        {
            for (var i = 0; i < AttentionTile.Size; i += 16)
                maxima = Vector512.Max(maxima, Vector512.Load(scores + tile * AttentionTile.Scores + i));
        }

        for (var i = 0; i < end; i += 16)
            maxima = Vector512.Max(maxima, Seen(Vector512.Load(last + i), i, row));
        var largest = float.NegativeInfinity;
        for (var lane = 0; lane < 16; lane++)
            largest = Math.Max(largest, maxima[lane]);

        var shift = Vector512.Create(largest);
        var sums = Vector512<float>.Zero;
        for (var tile = 0; tile < tiles; tile++)
        {
            for (var i = 0; i < AttentionTile.Size; i += 16)
            {
                var place = scores + tile * AttentionTile.Scores + i;
                var exponential = Exponential.Of(Vector512.Load(place) - shift);
                exponential.Store(place);
                sums += exponential;
            }
        }

        for (var i = 0; i < end; i += 16)
        {
            var exponential = Exponential.Of(Seen(Vector512.Load(last + i), i, row) - shift);
            exponential.Store(last + i);
            sums += exponential;
        }

        return (Vector512.Sum(sums), largest);
    }

    /// <summary>
    /// Overwrites scores with probabilities p = exp(score − logSum), and the gradients of these with those of the scores,
    /// p · (gradient − δ).
    /// </summary>
    /// <param name="scores">The query's row in the first tile.</param>
    /// <param name="gradients">Likewise.</param>
    /// <param name="tiles">The tiles before the last.</param>
    /// <param name="row">The query's row in a tile.</param>
    /// <param name="logSum">log Σ exp of the query's scores.</param>
    /// <param name="delta">δ: the dot product of the query's output and its gradient.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(float* scores, float* gradients, int tiles, int row, float logSum, float delta)
    {
        var end = End(row);
        var (shift, deltas) = (Vector512.Create(logSum), Vector512.Create(delta));
        for (var tile = 0; tile < tiles; tile++)
        {
            for (var i = tile * AttentionTile.Scores; i < tile * AttentionTile.Scores + AttentionTile.Size; i += 16)
            {
                var p = Exponential.Of(Vector512.Load(scores + i) - shift);
                p.Store(scores + i);
                (p * (Vector512.Load(gradients + i) - deltas)).Store(gradients + i);
            }
        }

        var (lastScores, lastGradients) = ((nint)(scores + tiles * AttentionTile.Scores), (nint)(gradients + tiles * AttentionTile.Scores));
        for (var i = 0; i < end; i += 16)
        {
            var p = Exponential.Of(Seen(Vector512.Load((float*)lastScores + i), i, row) - shift);
            p.Store((float*)lastScores + i);
            (p * (Vector512.Load((float*)lastGradients + i) - deltas)).Store((float*)lastGradients + i);
        }
    }

    /// <summary>The keys of the last tile that are computed for a query's group of four: whole vectors.</summary>
    public static int End(int row) => (row / 4 * 4 + 4 + 15) / 16 * 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Seen(Vector512<float> scores, int first, int row) => first + 15 <= row
        ? scores
        : Vector512.ConditionalSelect(
            Vector512.LessThanOrEqual(Vector512<int>.Indices, Vector512.Create(row - first)).AsSingle(), scores, Vector512.Create(float.NegativeInfinity));
}
