namespace FineTune.Tensors;

/// <summary>The backward pass of one key head of one sequence: see <see cref="CausalAttention"/>.</summary>
internal static unsafe class AttentionBackward
{
    /// <summary>The fp32 elements that a sequence of some length needs.</summary>
    public static long Scratch(AttentionHeads heads, int length)
    {
        var tiles = (long)AttentionTile.Count(length);
        return (5 * tiles + 3) * AttentionTile.Size * heads.Width + 2 * tiles * AttentionTile.Scores;
    }

    public static void Run<T>(in Arguments all, AttentionWork work, float* scratch)
        where T : IElement
    {
        var heads = all.Heads;
        var (tiles, width) = (AttentionTile.Count(work.Length), heads.Width);
        var tile = AttentionTile.Size * width;
        var keys = scratch; // [tiles, 64, width]
        var transposedKeys = keys + tiles * tile; // [tiles, width, 64]
        var transposedValues = transposedKeys + tiles * tile;
        var gradKeys = transposedValues + tiles * tile; // [tiles, 64, width]
        var gradValues = gradKeys + tiles * tile;
        var query = gradValues + tiles * tile; // [64, width]
        var gradOutput = query + tile;
        var gradQuery = gradOutput + tile;
        var probabilities = gradQuery + tile; // [tiles, 64, 64]
        var gradScores = probabilities + tiles * AttentionTile.Scores;
        var (keyStride, queryStride) = ((nint)heads.KeyHeads * heads.Size, (nint)heads.Count * heads.Size);
        for (var i = 0; i < tiles; i++)
        {
            var rows = Math.Min(AttentionTile.Size, work.Length - i * AttentionTile.Size);
            var offset = ((work.Start + i * AttentionTile.Size) * keyStride + work.KeyHead * heads.Size) * T.Size;
            AttentionTile.Read<T>((byte*)all.Key + offset, keyStride, rows, heads.Size, width, 1, keys + i * tile);
            AttentionTile.Transpose(keys + i * tile, width, transposedKeys + i * tile);
            AttentionTile.Read<T>((byte*)all.Value + offset, keyStride, rows, heads.Size, width, 1, query);
            AttentionTile.Transpose(query, width, transposedValues + i * tile);
        }

        new Span<float>(gradKeys, 2 * tiles * tile).Clear();
        for (var head = work.KeyHead * heads.Group; head < (work.KeyHead + 1) * heads.Group; head++)
        {
            for (var i = 0; i < tiles; i++)
            {
                var (first, rows) = (work.Start + i * AttentionTile.Size, Math.Min(AttentionTile.Size, work.Length - i * AttentionTile.Size));
                var offset = first * queryStride + head * heads.Size;
                AttentionTile.Read<T>((byte*)all.Query + offset * T.Size, queryStride, rows, heads.Size, width, all.Scale, query);
                AttentionTile.Read<T>((byte*)all.GradOutput + offset * T.Size, queryStride, rows, heads.Size, width, 1, gradOutput);
                TileScores.Multiply(query, transposedKeys, i, rows, width, probabilities);
                TileScores.Multiply(gradOutput, transposedValues, i, rows, width, gradScores);
                for (var row = 0; row < rows; row++)
                {
                    var delta = AttentionTile.Dot<T>((void*)all.Output, (void*)all.GradOutput, offset + row * queryStride, heads.Size);
                    AttentionSoftmax.Backward(
                        probabilities + row * AttentionTile.Size, gradScores + row * AttentionTile.Size, i, row,
                        ((float*)all.LogSum)[head * all.Tokens + first + row], delta);
                }

                TileScores.Scatter(probabilities, gradOutput, i, rows, width, gradValues);
                // The queries carry the scale already.
                TileScores.Scatter(gradScores, query, i, rows, width, gradKeys);
                TileScores.Gather(gradScores, keys, i, rows, width, gradQuery);
                for (var row = 0; row < rows; row++)
                    AttentionTile.Write<T>(gradQuery + row * width, all.Scale, heads.Size, (void*)all.GradQuery, offset + row * queryStride);
            }
        }

        for (var position = 0; position < work.Length; position++)
        {
            var offset = (work.Start + position) * keyStride + work.KeyHead * heads.Size;
            AttentionTile.Write<T>(gradKeys + position * width, 1, heads.Size, (void*)all.GradKey, offset);
            AttentionTile.Write<T>(gradValues + position * width, 1, heads.Size, (void*)all.GradValue, offset);
        }
    }

    /// <summary>Where everything lies.</summary>
    internal readonly record struct Arguments(
        AttentionHeads Heads, long Tokens, float Scale, nint Query, nint Key, nint Value, nint Output, nint GradOutput, nint LogSum,
        nint GradQuery, nint GradKey, nint GradValue);
}
