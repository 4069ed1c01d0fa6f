using System.Runtime.InteropServices;

namespace FineTune.CudaKernels.Tests;

/// <summary>The shipped source, run on the CPU, against double precision. Tolerances: the table in README.md.</summary>
public sealed unsafe class RmsNormNumericsTests
{
    private const float Epsilon = 1e-5f;
    private const double Float32Tolerance = 2e-6;
    private static readonly double BFloat16Tolerance = Math.Pow(2, -8);

    private static readonly Lazy<nint> Library = new(() => HostCompiler.Load("rms_norm_host"));

    [Theory]
    [InlineData(3, 64, 32u, 1u)]
    [InlineData(5, 200, 64u, 3u)]
    // Fewer features than threads, and a number of features that no warp divides.
    [InlineData(2, 17, 64u, 2u)]
    [InlineData(1, 1, 32u, 1u)]
    [InlineData(7, 1030, 128u, 4u)]
    public void Float32(int rows, int features, uint threads, uint groups)
    {
        (float[] x, float[] w, float[] dy) = Inputs(rows, features);
        float[] y = new float[x.Length], s = new float[rows], dx = new float[x.Length], dw = new float[features];
        fixed (float* px = x, pw = w, pdy = dy, py = y, ps = s, pdx = dx, pdw = dw)
        {
            ((delegate* unmanaged<uint, float*, float*, float*, float*, int, int, float, void>)Export("host_forward_f32"))(
                threads, py, ps, px, pw, rows, features, Epsilon);
            ((delegate* unmanaged<uint, float*, float*, float*, float*, float*, int, int, void>)Export("host_backward_input_f32"))(
                threads, pdx, pdy, px, pw, ps, rows, features);
            ((delegate* unmanaged<uint, float*, float*, float*, float*, int, int, void>)Export("host_backward_weight_f32"))(
                groups, pdw, pdy, px, ps, rows, features);
        }

        var reference = new RmsNormReference(Doubles(x), Doubles(w), Doubles(dy), rows, features, Epsilon);
        AssertClose(reference.Y, Doubles(y), reference.Y, features, Float32Tolerance);
        AssertClose(reference.S, Doubles(s), reference.S, 1, Float32Tolerance);
        AssertClose(reference.DX, Doubles(dx), reference.DXMagnitude, features, Float32Tolerance);
        AssertClose(reference.DW, Doubles(dw), reference.DWMagnitude, 1, Float32Tolerance);
    }

    [Fact]
    public void BFloat16()
    {
        const int rows = 4, features = 96;
        var (x32, w32, dy32) = Inputs(rows, features);
        ushort[] x = Narrow(x32), w = Narrow(w32), dy = Narrow(dy32), y = new ushort[x.Length], dx = new ushort[x.Length];
        float[] s = new float[rows], dw = new float[features];
        fixed (ushort* px = x, pw = w, pdy = dy, py = y, pdx = dx)
        fixed (float* ps = s, pdw = dw)
        {
            ((delegate* unmanaged<uint, ushort*, float*, ushort*, ushort*, int, int, float, void>)Export("host_forward_bf16"))(
                64, py, ps, px, pw, rows, features, Epsilon);
            ((delegate* unmanaged<uint, ushort*, ushort*, ushort*, ushort*, float*, int, int, void>)Export("host_backward_input_bf16"))(
                64, pdx, pdy, px, pw, ps, rows, features);
            ((delegate* unmanaged<uint, float*, ushort*, ushort*, float*, int, int, void>)Export("host_backward_weight_bf16"))(
                2, pdw, pdy, px, ps, rows, features);
        }

        var reference = new RmsNormReference(Widen(x), Widen(w), Widen(dy), rows, features, Epsilon);
        AssertClose(reference.Y, Widen(y), reference.Y, features, BFloat16Tolerance);
        AssertClose(reference.S, Doubles(s), reference.S, 1, Float32Tolerance);
        AssertClose(reference.DX, Widen(dx), reference.DXMagnitude, features, BFloat16Tolerance);
        AssertClose(reference.DW, Doubles(dw), reference.DWMagnitude, 1, Float32Tolerance);
    }

    [Fact]
    public void Runs_RepeatBitForBit()
    {
        (float[] x, float[] w, _) = Inputs(3, 500);
        float[] first = Forward(), second = Forward();

        Assert.Equal(first, second);

        float[] Forward()
        {
            float[] y = new float[x.Length], s = new float[3];
            fixed (float* px = x, pw = w, py = y, ps = s)
            {
                ((delegate* unmanaged<uint, float*, float*, float*, float*, int, int, float, void>)Export("host_forward_f32"))(
                    128, py, ps, px, pw, 3, 500, Epsilon);
            }

            return y;
        }
    }

    private static void* Export(string name) => (void*)NativeLibrary.GetExport(Library.Value, name);

    private static (float[] X, float[] W, float[] DY) Inputs(int rows, int features)
    {
        var random = new Random((rows * 1000) + features);
        return (Next(rows * features), Next(features), Next(rows * features));

        float[] Next(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() * 4) - 2))];
    }

    /// <summary>Errors are measured by the largest magnitude in the row (or in the column of weights).</summary>
    private static void AssertClose(double[] expected, double[] actual, double[] magnitude, int rowLength, double tolerance)
    {
        for (int row = 0; row < expected.Length; row += rowLength)
        {
            double largest = magnitude.AsSpan(row, rowLength).ToArray().Max(Math.Abs);
            for (int i = row; i < row + rowLength; i++)
            {
                Assert.True(
                    Math.Abs(expected[i] - actual[i]) <= tolerance * largest,
                    $"[{row / rowLength}, {i - row}]: {actual[i]:R} instead of {expected[i]:R}");
            }
        }
    }

    private static double[] Doubles(float[] values) => Array.ConvertAll(values, v => (double)v);

    private static ushort[] Narrow(float[] values) => Array.ConvertAll(values, v => (ushort)(BitConverter.SingleToUInt32Bits(v) >> 16));

    private static double[] Widen(ushort[] values) => Array.ConvertAll(values, v => (double)BitConverter.UInt32BitsToSingle((uint)v << 16));
}
