using ScottPlot;
using SkiaSharp;

namespace FineTune.App.Reports;

/// <summary>
/// The font of the plots, from this assembly: many containers have none, and a plot there would have no text. Plots look the
/// same on every machine, too.
/// </summary>
internal sealed class PlotFont : IFontResolver
{
    public const string Name = "FineTune plots";

    private static readonly byte[] Bytes = Read();

    private PlotFont()
    {
    }

    /// <summary>Makes ScottPlot know <see cref="Name"/>.</summary>
    public static void Register()
    {
        lock (Bytes)
        {
            if (!Fonts.FontResolvers.OfType<PlotFont>().Any())
                Fonts.FontResolvers.Insert(0, new PlotFont());
        }
    }

    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        fontName == Name ? SKTypeface.FromStream(new MemoryStream(Bytes)) : null;

    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) =>
        CreateTypeface(fontName, FontWeight.Normal, FontSlant.Upright, FontSpacing.Normal);

    private static byte[] Read()
    {
        using var stream = typeof(PlotFont).Assembly.GetManifestResourceStream("FineTune.Plot.ttf")!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
