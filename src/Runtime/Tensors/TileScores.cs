namespace FineTune.Tensors;

/// <summary>
/// The products of attention between one tile of queries and the tiles of keys up to its own, where each query sees only the
/// keys up to itself. Rows are taken by fours.
/// </summary>
internal static unsafe class TileScores
{
    /// <summary>Scores of queries and keys, or of output gradients and values: rows · columnsᵀ, as far as they are seen.</summary>
    /// <param name="rowsTile">[64, width].</param>
    /// <param name="columns">The transposed tiles of the other side, [tiles, width, 64].</param>
    /// <param name="diagonal">The rows' own tile.</param>
    /// <param name="rows">The rows that count.</param>
    /// <param name="width">Elements of a row.</param>
    /// <param name="scores">[tiles, 64, 64].</param>
    public static void Multiply(float* rowsTile, float* columns, int diagonal, int rows, int width, float* scores)
    {
        const int Size = AttentionTile.Size;
        var padded = (rows + 3) / 4 * 4;
        for (var tile = 0; tile < diagonal; tile++)
            TileProduct.Multiply(padded, Size, width, rowsTile, width, 1, columns + tile * Size * width, Size, scores + tile * AttentionTile.Scores, Size, add: false);
        for (var row = 0; row < padded; row += 4)
        {
            TileProduct.Multiply(
                4, AttentionSoftmax.End(row), width, rowsTile + row * width, width, 1, columns + diagonal * Size * width, Size,
                scores + diagonal * AttentionTile.Scores + row * Size, Size, add: false);
        }
    }

    /// <summary>Sums the other side's rows, weighted: weights · columns.</summary>
    /// <param name="weights">[tiles, 64, 64].</param>
    /// <param name="columns">[tiles, 64, width].</param>
    /// <param name="diagonal">The rows' own tile.</param>
    /// <param name="rows">The rows that count.</param>
    /// <param name="width">Elements of a row.</param>
    /// <param name="result">[64, width].</param>
    public static void Gather(float* weights, float* columns, int diagonal, int rows, int width, float* result)
    {
        const int Size = AttentionTile.Size;
        var padded = (rows + 3) / 4 * 4;
        for (var tile = 0; tile < diagonal; tile++)
            TileProduct.Multiply(padded, width, Size, weights + tile * AttentionTile.Scores, Size, 1, columns + tile * Size * width, width, result, width, add: tile > 0);
        for (var row = 0; row < padded; row += 4)
        {
            TileProduct.Multiply(
                4, width, row + 4, weights + diagonal * AttentionTile.Scores + row * Size, Size, 1, columns + diagonal * Size * width, width,
                result + row * width, width, add: diagonal > 0);
        }
    }

    /// <summary>Adds to each key's row the queries' rows, weighted: result += weightsᵀ · rows.</summary>
    /// <param name="weights">[tiles, 64, 64].</param>
    /// <param name="rowsTile">[64, width].</param>
    /// <param name="diagonal">The rows' own tile.</param>
    /// <param name="rows">The rows that count.</param>
    /// <param name="width">Elements of a row.</param>
    /// <param name="result">[tiles, 64, width].</param>
    public static void Scatter(float* weights, float* rowsTile, int diagonal, int rows, int width, float* result)
    {
        const int Size = AttentionTile.Size;
        for (var tile = 0; tile < diagonal; tile++)
            TileProduct.Multiply(Size, width, rows, weights + tile * AttentionTile.Scores, 1, Size, rowsTile, width, result + tile * Size * width, width, add: true);
        for (var key = 0; key < rows; key += 4)
        {
            TileProduct.Multiply(
                4, width, rows - key, weights + diagonal * AttentionTile.Scores + key * Size + key, 1, Size, rowsTile + key * width, width,
                result + (diagonal * Size + key) * width, width, add: true);
        }
    }
}
