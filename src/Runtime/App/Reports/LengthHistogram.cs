using System.Globalization;
using System.Text;
using FineTune.App.Display;

namespace FineTune.App.Reports;

/// <summary>How many rows have how many tokens, as a picture in a page.</summary>
internal static class LengthHistogram
{
    private const int Width = 960;
    private const int Height = 120;
    private const int Bars = 48;

    /// <param name="page">Where it goes.</param>
    /// <param name="lengths">The tokens of each row.</param>
    /// <param name="limit">The tokens that fit; shown if rows come near.</param>
    public static void Write(StringBuilder page, IReadOnlyList<int> lengths, int limit)
    {
        if (lengths.Count == 0)
            return;
        var width = BarWidth(lengths.Max());
        var counts = new int[lengths.Max() / width + 1];
        foreach (var length in lengths)
            counts[length / width]++;
        var step = (double)Width / counts.Length;
        page.Append(CultureInfo.InvariantCulture, $"<figure>\n<svg viewBox=\"0 0 {Width} {Height + 22}\" role=\"img\" aria-label=\"Rows by their number of tokens\">\n");
        for (var bar = 0; bar < counts.Length; bar++)
        {
            var height = counts[bar] == 0 ? 0 : Math.Max(2, counts[bar] * (double)Height / counts.Max());
            var label = $"{Quantity.Count((long)bar * width)} to {Quantity.Count((long)(bar + 1) * width - 1)} tokens: {Quantity.Count(counts[bar])} rows";
            page.Append(CultureInfo.InvariantCulture, $"<g><title>{label}</title><rect class=\"hover\" x=\"{bar * step:0.#}\" y=\"0\" width=\"{step:0.#}\" height=\"{Height}\"/>");
            page.Append(CultureInfo.InvariantCulture, $"<rect class=\"bar{((long)bar * width > limit ? " over" : "")}\" x=\"{(bar * step) + 1:0.#}\" y=\"{Height - height:0.#}\" width=\"{Math.Max(1, step - 2):0.#}\" height=\"{height:0.#}\" rx=\"2\"/></g>\n");
        }

        WriteAxis(page, counts.Length, width, limit);
        page.Append("</svg>\n<figcaption>rows by their number of tokens</figcaption>\n</figure>\n");
    }

    private static void WriteAxis(StringBuilder page, int bars, int width, int limit)
    {
        var total = (double)bars * width;
        page.Append(CultureInfo.InvariantCulture, $"<line class=\"axis\" x1=\"0\" y1=\"{Height}\" x2=\"{Width}\" y2=\"{Height}\"/>\n");
        for (var tick = 0; tick <= 4; tick++)
        {
            var anchor = tick == 0 ? "start" : tick == 4 ? "end" : "middle";
            page.Append(CultureInfo.InvariantCulture, $"<text x=\"{tick * Width / 4}\" y=\"{Height + 16}\" text-anchor=\"{anchor}\">{Quantity.Count((long)(total * tick / 4))}</text>\n");
        }

        if (limit < total)
            page.Append(CultureInfo.InvariantCulture, $"<line class=\"limit\" x1=\"{limit / total * Width:0.#}\" y1=\"0\" x2=\"{limit / total * Width:0.#}\" y2=\"{Height}\"><title>{Quantity.Count(limit)} tokens fit</title></line>\n");
    }

    // 1, 2 or 5 times a power of ten, so that bars have round borders.
    private static int BarWidth(int longest)
    {
        for (var power = 1; ; power *= 10)
        {
            foreach (var factor in (int[])[1, 2, 5])
            {
                if (longest / (factor * power) < Bars)
                    return factor * power;
            }
        }
    }
}
