using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FineTune.Tensors;

/// <summary>
/// Moves rows of heads to fp32 tiles and back. A tile has <see cref="Size"/> tokens, and as many elements a token as a head
/// has, filled up to whole vectors with zeros.
/// </summary>
internal static unsafe class AttentionTile
{
    /// <summary>Tokens of a tile.</summary>
    public const int Size = 64;

    /// <summary>Elements of a tile of scores.</summary>
    public const int Scores = Size * Size;

    /// <summary>The tiles of a sequence.</summary>
    public static int Count(int length) => (length + Size - 1) / Size;

    /// <summary>Reads rows into a tile, token by token; the rows from <paramref name="rows"/> on are zero.</summary>
    /// <param name="source">The first row's head.</param>
    /// <param name="stride">Elements from one row to the next.</param>
    /// <param name="rows">The rows to read.</param>
    /// <param name="size">Elements of a head.</param>
    /// <param name="width">Elements of a row of the tile.</param>
    /// <param name="scale">Multiplies the elements.</param>
    /// <param name="tile">[<see cref="Size"/>, width].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Read<T>(void* source, nint stride, int rows, int size, int width, float scale, float* tile)
        where T : IElement
    {
        var scales = Vector512.Create(scale);
        for (var row = 0; row < rows; row++, tile += width)
        {
            nint i = 0;
            for (; i <= size - 16; i += 16)
                (T.Load(source, row * stride + i) * scales).Store(tile + i);
            for (; i < size; i++)
                tile[i] = T.Get(source, row * stride + i) * scale;
            for (; i < width; i++)
                tile[i] = 0;
        }

        new Span<float>(tile, (Size - rows) * width).Clear();
    }

    /// <summary>Transposes a tile.</summary>
    /// <param name="tile">[<see cref="Size"/>, width].</param>
    /// <param name="width">Elements of a row.</param>
    /// <param name="transposed">[width, <see cref="Size"/>].</param>
    public static void Transpose(float* tile, int width, float* transposed)
    {
        for (var column = 0; column < width; column++, transposed += Size)
        {
            for (var row = 0; row < Size; row++)
                transposed[row] = tile[row * width + column];
        }
    }

    /// <summary>Writes a tile's row to a head of a row.</summary>
    /// <param name="tile">The row of the tile.</param>
    /// <param name="scale">Multiplies the elements.</param>
    /// <param name="size">Elements of a head.</param>
    /// <param name="target">The row's head.</param>
    /// <param name="offset">Elements from there on.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Write<T>(float* tile, float scale, int size, void* target, nint offset)
        where T : IElement
    {
        var scales = Vector512.Create(scale);
        nint i = 0;
        for (; i <= size - 16; i += 16)
            T.Store(target, offset + i, Vector512.Load(tile + i) * scales);
        for (; i < size; i++)
            T.Set(target, offset + i, tile[i] * scale);
    }

    /// <summary>The dot product of two rows of one head.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Dot<T>(void* left, void* right, nint offset, int size)
        where T : IElement
    {
        var sums = Vector512<float>.Zero;
        nint i = 0;
        for (; i <= size - 16; i += 16)
            sums = Vector512.FusedMultiplyAdd(T.Load(left, offset + i), T.Load(right, offset + i), sums);
        var sum = Vector512.Sum(sums);
        for (; i < size; i++)
            sum += T.Get(left, offset + i) * T.Get(right, offset + i);
        return sum;
    }
}
