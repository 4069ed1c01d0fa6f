using System.Runtime.Intrinsics;
using FineTune.Tensors;

namespace FineTune.Tests.Tensors;

public sealed unsafe class TileProductTests
{
    [Theory]
    [InlineData(4, 16, 1)]
    [InlineData(8, 64, 64)]
    [InlineData(64, 80, 33)]
    public void Product_equals_the_sum_of_products(int rows, int columns, int inner)
    {
        var random = new Random(1);
        float[] Fill(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() - 0.5))];
        var (a, b, start) = (Fill(rows * inner), Fill(inner * columns), Fill(rows * columns));
        var transposed = new float[a.Length];
        for (var i = 0; i < rows; i++)
        {
            for (var l = 0; l < inner; l++)
                transposed[l * rows + i] = a[i * inner + l];
        }

        foreach (var add in new[] { false, true })
        {
            var (c, fromTransposed) = ((float[])start.Clone(), (float[])start.Clone());
            fixed (float* pa = a, pt = transposed, pb = b, pc = c, pd = fromTransposed)
            {
                TileProduct.Multiply(rows, columns, inner, pa, inner, 1, pb, columns, pc, columns, add);
                TileProduct.Multiply(rows, columns, inner, pt, 1, rows, pb, columns, pd, columns, add);
            }

            Assert.Equal(c, fromTransposed);
            for (var i = 0; i < c.Length; i++)
            {
                var sum = add ? (double)start[i] : 0;
                for (var l = 0; l < inner; l++)
                    sum += (double)a[i / columns * inner + l] * b[l * columns + i % columns];
                Assert.Equal(sum, c[i], 1e-5);
            }
        }
    }

    [Fact]
    public void Exponential_is_near_the_exact_one()
    {
        for (var x = -86.9f; x < 88; x += 0.0137f)
        {
            var exact = Math.Exp(x);
            Assert.InRange(Exponential.Of(Vector512.Create(x))[3] / exact, 1 - 3e-7, 1 + 3e-7);
        }

        foreach (var (x, expected) in new[] { (0f, 1f), (-100f, 0f), (float.NegativeInfinity, 0f), (float.NaN, float.NaN) })
            Assert.Equal(expected, Exponential.Of(Vector512.Create(x))[0]);
        Assert.InRange(Exponential.Of(Vector512.Create(float.PositiveInfinity))[0], 1e38f, float.PositiveInfinity);
    }
}
