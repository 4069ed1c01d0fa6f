using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FineTune.Tensors;

/// <summary>
/// Products of small fp32 matrices that lie in the caches: <c>C = A B</c> or <c>C += A B</c>. Four rows by four vectors of
/// results stay in registers; A is read an element at a time, so that it may lie transposed.
/// </summary>
internal static unsafe class TileProduct
{
    private const int Vector = 16;

    /// <summary>Computes C [rows, columns] from A [rows, inner] and B [inner, columns].</summary>
    /// <param name="rows">A multiple of 4.</param>
    /// <param name="columns">A multiple of 16.</param>
    /// <param name="inner">The elements of each dot product.</param>
    /// <param name="a">The first element of A.</param>
    /// <param name="aRow">Elements from one row of A to the next.</param>
    /// <param name="aInner">Elements from one column of A to the next.</param>
    /// <param name="b">The first element of B, whose columns are contiguous.</param>
    /// <param name="bRow">Elements from one row of B to the next.</param>
    /// <param name="c">The first element of C, whose columns are contiguous.</param>
    /// <param name="cRow">Elements from one row of C to the next.</param>
    /// <param name="add">Whether the product is added to C.</param>
    public static void Multiply(
        int rows, int columns, int inner, float* a, nint aRow, nint aInner, float* b, nint bRow, float* c, nint cRow, bool add)
    {
        for (var row = 0; row < rows; row += 4)
        {
            var column = 0;
            for (; column <= columns - 4 * Vector; column += 4 * Vector)
                FourVectors(inner, a + row * aRow, aRow, aInner, b + column, bRow, c + row * cRow + column, cRow, add);
            for (; column < columns; column += Vector)
                OneVector(inner, a + row * aRow, aRow, aInner, b + column, bRow, c + row * cRow + column, cRow, add);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourVectors(int inner, float* a, nint aRow, nint aInner, float* b, nint bRow, float* c, nint cRow, bool add)
    {
        Vector512<float> c00 = default, c01 = default, c02 = default, c03 = default;
        Vector512<float> c10 = default, c11 = default, c12 = default, c13 = default;
        Vector512<float> c20 = default, c21 = default, c22 = default, c23 = default;
        Vector512<float> c30 = default, c31 = default, c32 = default, c33 = default;
        if (add)
        {
            (c00, c01, c02, c03) = (Vector512.Load(c), Vector512.Load(c + 16), Vector512.Load(c + 32), Vector512.Load(c + 48));
            (c10, c11, c12, c13) = (Vector512.Load(c + cRow), Vector512.Load(c + cRow + 16), Vector512.Load(c + cRow + 32), Vector512.Load(c + cRow + 48));
            (c20, c21, c22, c23) = (Vector512.Load(c + 2 * cRow), Vector512.Load(c + 2 * cRow + 16), Vector512.Load(c + 2 * cRow + 32), Vector512.Load(c + 2 * cRow + 48));
            (c30, c31, c32, c33) = (Vector512.Load(c + 3 * cRow), Vector512.Load(c + 3 * cRow + 16), Vector512.Load(c + 3 * cRow + 32), Vector512.Load(c + 3 * cRow + 48));
        }

        float* a1 = a + aRow, a2 = a + 2 * aRow, a3 = a + 3 * aRow;
        for (var i = 0; i < inner; i++)
        {
            var (b0, b1, b2, b3) = (Vector512.Load(b), Vector512.Load(b + 16), Vector512.Load(b + 32), Vector512.Load(b + 48));
            var x = Vector512.Create(*a);
            c00 = Vector512.FusedMultiplyAdd(b0, x, c00);
            c01 = Vector512.FusedMultiplyAdd(b1, x, c01);
            c02 = Vector512.FusedMultiplyAdd(b2, x, c02);
            c03 = Vector512.FusedMultiplyAdd(b3, x, c03);
            x = Vector512.Create(*a1);
            c10 = Vector512.FusedMultiplyAdd(b0, x, c10);
            c11 = Vector512.FusedMultiplyAdd(b1, x, c11);
            c12 = Vector512.FusedMultiplyAdd(b2, x, c12);
            c13 = Vector512.FusedMultiplyAdd(b3, x, c13);
            x = Vector512.Create(*a2);
            c20 = Vector512.FusedMultiplyAdd(b0, x, c20);
            c21 = Vector512.FusedMultiplyAdd(b1, x, c21);
            c22 = Vector512.FusedMultiplyAdd(b2, x, c22);
            c23 = Vector512.FusedMultiplyAdd(b3, x, c23);
            x = Vector512.Create(*a3);
            c30 = Vector512.FusedMultiplyAdd(b0, x, c30);
            c31 = Vector512.FusedMultiplyAdd(b1, x, c31);
            c32 = Vector512.FusedMultiplyAdd(b2, x, c32);
            c33 = Vector512.FusedMultiplyAdd(b3, x, c33);
            b += bRow;
            a += aInner;
            a1 += aInner;
            a2 += aInner;
            a3 += aInner;
        }

        Store(c, c00, c01, c02, c03);
        Store(c + cRow, c10, c11, c12, c13);
        Store(c + 2 * cRow, c20, c21, c22, c23);
        Store(c + 3 * cRow, c30, c31, c32, c33);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneVector(int inner, float* a, nint aRow, nint aInner, float* b, nint bRow, float* c, nint cRow, bool add)
    {
        Vector512<float> c0 = default, c1 = default, c2 = default, c3 = default;
        if (add)
            (c0, c1, c2, c3) = (Vector512.Load(c), Vector512.Load(c + cRow), Vector512.Load(c + 2 * cRow), Vector512.Load(c + 3 * cRow));
        for (var i = 0; i < inner; i++)
        {
            var y = Vector512.Load(b);
            c0 = Vector512.FusedMultiplyAdd(y, Vector512.Create(*a), c0);
            c1 = Vector512.FusedMultiplyAdd(y, Vector512.Create(a[aRow]), c1);
            c2 = Vector512.FusedMultiplyAdd(y, Vector512.Create(a[2 * aRow]), c2);
            c3 = Vector512.FusedMultiplyAdd(y, Vector512.Create(a[3 * aRow]), c3);
            b += bRow;
            a += aInner;
        }

        c0.Store(c);
        c1.Store(c + cRow);
        c2.Store(c + 2 * cRow);
        c3.Store(c + 3 * cRow);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* c, Vector512<float> c0, Vector512<float> c1, Vector512<float> c2, Vector512<float> c3)
    {
        c0.Store(c);
        c1.Store(c + 16);
        c2.Store(c + 32);
        c3.Store(c + 48);
    }
}
