namespace FineTune.CudaKernels.Tests;

/// <summary>RMSNorm and its gradient in double precision, as the formulas in rms_norm.cu say.</summary>
internal sealed class RmsNormReference
{
    public RmsNormReference(double[] x, double[] w, double[] dy, int rows, int features, double epsilon)
    {
        (Y, S, DX, DXMagnitude) = (new double[x.Length], new double[rows], new double[x.Length], new double[x.Length]);
        (DW, DWMagnitude) = (new double[features], new double[features]);
        for (int r = 0; r < rows; r++)
        {
            int row = r * features;
            double squares = 0, products = 0;
            for (int i = 0; i < features; i++)
            {
                squares += x[row + i] * x[row + i];
                products += w[i] * dy[row + i] * x[row + i];
            }

            S[r] = 1 / Math.Sqrt((squares / features) + epsilon);
            for (int i = 0; i < features; i++)
            {
                Y[row + i] = w[i] * x[row + i] * S[r];
                double direct = S[r] * w[i] * dy[row + i], alongX = S[r] * x[row + i] * S[r] * S[r] * products / features;
                DX[row + i] = direct - alongX;
                DXMagnitude[row + i] = Math.Abs(direct) + Math.Abs(alongX);
                DW[i] += dy[row + i] * x[row + i] * S[r];
                DWMagnitude[i] += Math.Abs(dy[row + i] * x[row + i] * S[r]);
            }
        }
    }

    public double[] Y { get; }

    public double[] S { get; }

    public double[] DX { get; }

    /// <summary>The two terms of each element of <see cref="DX"/>, which may cancel.</summary>
    public double[] DXMagnitude { get; }

    public double[] DW { get; }

    /// <summary>The sum of the absolute terms of each element of <see cref="DW"/>: what its rounding error scales with.</summary>
    public double[] DWMagnitude { get; }
}
