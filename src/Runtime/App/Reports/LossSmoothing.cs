namespace FineTune.App.Reports;

/// <summary>Smooths a loss curve for the eye.</summary>
internal static class LossSmoothing
{
    /// <summary>
    /// Local linear regression with a Gaussian kernel of standard deviation n/40: unlike a moving average it does not lag
    /// behind a falling loss, not at the ends either. A straight line stays as it is. Values that are not finite are left out.
    /// </summary>
    public static double[] Smooth(IReadOnlyList<double> values)
    {
        var width = Math.Max(1, values.Count / 40.0);
        var reach = (int)Math.Ceiling(3 * width);
        var smoothed = new double[values.Count];
        for (var i = 0; i < smoothed.Length; i++)
            smoothed[i] = At(values, i, width, reach);
        return smoothed;
    }

    private static double At(IReadOnlyList<double> values, int center, double width, int reach)
    {
        var (s0, s1, s2, t0, t1) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (var j = Math.Max(0, center - reach); j <= Math.Min(values.Count - 1, center + reach); j++)
        {
            if (!double.IsFinite(values[j]))
                continue;
            var distance = j - center;
            var weight = Math.Exp(-0.5 * distance * distance / (width * width));
            s0 += weight;
            s1 += weight * distance;
            s2 += weight * distance * distance;
            t0 += weight * values[j];
            t1 += weight * distance * values[j];
        }

        // The intercept of the weighted least-squares line at distance 0.
        var determinant = s0 * s2 - s1 * s1;
        return determinant > 1e-9 * s0 * s0 ? (s2 * t0 - s1 * t1) / determinant : t0 / s0;
    }
}
