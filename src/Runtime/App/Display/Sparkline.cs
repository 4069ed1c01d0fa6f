namespace FineTune.App.Display;

/// <summary>A curve in one line of text.</summary>
internal static class Sparkline
{
    private const string Levels = "▁▂▃▄▅▆▇█";

    /// <summary>The values in order, averaged into at most <paramref name="width"/> columns; the lowest is ▁, the highest █.</summary>
    public static string Of(IReadOnlyList<double> values, int width)
    {
        var columns = Math.Min(width, values.Count);
        if (columns < 2)
            return "";
        var means = new double[columns];
        for (var i = 0; i < columns; i++)
        {
            var (from, to) = ((int)((long)i * values.Count / columns), (int)((long)(i + 1) * values.Count / columns));
            for (var j = from; j < to; j++)
                means[i] += values[j] / (to - from);
        }

        var (low, high) = (means.Min(), means.Max());
        return !double.IsFinite(high - low)
            ? ""
            : string.Concat(means.Select(mean => Levels[high > low ? (int)Math.Round((mean - low) / (high - low) * (Levels.Length - 1)) : 0]));
    }
}
