namespace FineTune.Tensors;

/// <summary>The forward pass of one key head of one sequence: see <see cref="CausalAttention"/>.</summary>
internal static unsafe class AttentionForward
{
    /// <summary>The fp32 elements that a sequence of some length needs.</summary>
    public static long Scratch(AttentionHeads heads, int length)
    {
        var tiles = (long)AttentionTile.Count(length);
        return (2 * tiles + 2) * AttentionTile.Size * heads.Width + tiles * AttentionTile.Scores;
    }

    public static void Run<T>(in Arguments all, AttentionWork work, float* scratch)
        where T : IElement
    {
        var heads = all.Heads;
        var (tiles, width) = (AttentionTile.Count(work.Length), heads.Width);
        var tile = AttentionTile.Size * width;
        var keys = scratch; // transposed tiles, [tiles, width, 64]
        var values = keys + tiles * tile; // [tiles, 64, width]
        var query = values + tiles * tile;
        var output = query + tile;
        var scores = output + tile; // [tiles, 64, 64]
        var sums = stackalloc float[AttentionTile.Size];
        var (keyStride, queryStride) = ((nint)heads.KeyHeads * heads.Size, (nint)heads.Count * heads.Size);
        for (var i = 0; i < tiles; i++)
        {
            var (first, rows) = (i * AttentionTile.Size, Math.Min(AttentionTile.Size, work.Length - i * AttentionTile.Size));
            var offset = ((work.Start + first) * keyStride + work.KeyHead * heads.Size) * T.Size;
            AttentionTile.Read<T>((byte*)all.Key + offset, keyStride, rows, heads.Size, width, 1, query);
            AttentionTile.Transpose(query, width, keys + i * tile);
            AttentionTile.Read<T>((byte*)all.Value + offset, keyStride, rows, heads.Size, width, 1, values + i * tile);
        }

        for (var head = work.KeyHead * heads.Group; head < (work.KeyHead + 1) * heads.Group; head++)
        {
            for (var i = 0; i < tiles; i++)
            {
                var (first, rows) = (work.Start + i * AttentionTile.Size, Math.Min(AttentionTile.Size, work.Length - i * AttentionTile.Size));
                var offset = first * queryStride + head * heads.Size;
                AttentionTile.Read<T>((byte*)all.Query + offset * T.Size, queryStride, rows, heads.Size, width, all.Scale, query);
                TileScores.Multiply(query, keys, i, rows, width, scores);
                var logSums = (float*)all.LogSum + head * all.Tokens + first;
                for (var row = 0; row < rows; row++)
                {
                    var (sum, largest) = AttentionSoftmax.Exponentials(scores + row * AttentionTile.Size, i, row);
                    (sums[row], logSums[row]) = (sum, largest + MathF.Log(sum));
                }

                TileScores.Gather(scores, values, i, rows, width, output);
                for (var row = 0; row < rows; row++)
                    AttentionTile.Write<T>(output + row * width, 1 / sums[row], heads.Size, (byte*)all.Output, offset + row * queryStride);
            }
        }
    }

    /// <summary>Where everything lies.</summary>
    internal readonly record struct Arguments(AttentionHeads Heads, long Tokens, float Scale, nint Query, nint Key, nint Value, nint Output, nint LogSum);
}
