using System.Globalization;
using FineTune.App.Display;
using FineTune.Storage;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace FineTune.App.Reports;

/// <summary>Draws a run's loss, or its reward where it learns from that, and its learning rate as a PNG picture.</summary>
internal static class LossPlot
{
    private const int Width = 1200;
    private const int Height = 700;

    private static readonly Color Ink = Color.FromHex("#24292f");
    private static readonly Color Raw = Color.FromHex("#9ec1ea");
    private static readonly Color Smooth = Color.FromHex("#0a4fb3");
    private static readonly Color HeldOut = Color.FromHex("#1a7f37");
    private static readonly Color Rate = Color.FromHex("#d9822b");

    /// <summary>Writes the picture; nothing for a run without steps.</summary>
    public static void Write(string path, string title, IReadOnlyList<StepMetrics> steps, IReadOnlyList<EvaluationMetrics> evaluations)
    {
        if (steps.Count == 0)
            return;
        var image = Draw(title, steps, evaluations).GetImageBytes(Width, Height, ImageFormat.Png);
        AtomicFile.Write(path, stream => stream.Write(image));
    }

    private static Plot Draw(string title, IReadOnlyList<StepMetrics> steps, IReadOnlyList<EvaluationMetrics> evaluations)
    {
        var numbers = steps.Select(step => (double)step.Step).ToArray();
        var (name, label) = steps[0].Reward is null ? ("loss", "loss (nats per trained token)") : ("reward", "mean reward of the step's completions");
        var losses = steps.Select(step => step.Reward ?? step.Loss).ToArray();
        var plot = Empty(title, label);

        var raw = plot.Add.ScatterLine(numbers, losses, Raw);
        raw.LineWidth = 1;
        raw.LegendText = $"{name} of each step";

        var smooth = plot.Add.ScatterLine(numbers, LossSmoothing.Smooth(losses), Smooth);
        smooth.LineWidth = 2.5f;
        smooth.LegendText = $"{name}, smoothed";

        if (evaluations.Count > 0)
        {
            var heldOut = plot.Add.Scatter(evaluations.Select(point => (double)point.Step).ToArray(), evaluations.Select(point => point.Loss).ToArray(), HeldOut);
            heldOut.LineWidth = 1.8f;
            heldOut.MarkerSize = 6;
            heldOut.LegendText = "loss on held-out rows";
        }

        var rate = plot.Add.ScatterLine(numbers, steps.Select(step => step.LearningRate).ToArray(), Rate);
        rate.LineWidth = 1.2f;
        rate.LinePattern = LinePattern.DenselyDashed;
        rate.Axes.YAxis = plot.Axes.Right;
        rate.LegendText = "learning rate";

        SetLimits(plot, numbers, [.. losses, .. evaluations.Select(point => point.Loss)], steps.Max(step => step.LearningRate));
        // After the series: only then the legend and the labels know the font.
        plot.Font.Set(PlotFont.Name);
        return plot;
    }

    private static Plot Empty(string title, string label)
    {
        PlotFont.Register();
        var plot = new Plot { ScaleFactor = 1.5 };
        plot.FigureBackground.Color = Colors.White;
        plot.Axes.Color(Ink);
        plot.Title(title, size: 15);
        plot.XLabel("step", size: 12);
        plot.YLabel(label, size: 12);
        plot.Axes.Right.Label.Text = "learning rate";
        plot.Axes.Right.Label.FontSize = 12;
        plot.Axes.Right.Label.ForeColor = Rate;
        plot.Axes.Right.TickLabelStyle.ForeColor = Rate;
        plot.Axes.Right.MajorTickStyle.Color = Rate;
        plot.Axes.Right.TickGenerator = Ticks(FormatRate);
        plot.Axes.Left.TickGenerator = Ticks(value => value.ToString("0.###", CultureInfo.InvariantCulture));
        plot.Axes.Bottom.TickGenerator = Ticks(value => value == Math.Floor(value) ? Quantity.Count((long)value) : "");
        foreach (var axis in plot.Axes.GetAxes())
            axis.Label.Bold = false;
        plot.Axes.Top.FrameLineStyle.Width = 0;
        plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Grid.MajorLineColor = Ink.WithAlpha(0.08);
        plot.Legend.Orientation = Orientation.Horizontal;
        plot.ShowLegend(Edge.Bottom); // Below the axes, where it hides nothing.
        plot.Legend.OutlineColor = Colors.Transparent;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.Legend.FontColor = Ink;
        return plot;
    }

    private static NumericAutomatic Ticks(Func<double, string> format) => new()
    {
        TickDensity = 0.6,
        MinorTickGenerator = new EvenlySpacedMinorTickGenerator(1),
        LabelFormatter = format,
    };

    private static string FormatRate(double value) => value == 0 ? "0" : value.ToString("0.#e-0", CultureInfo.InvariantCulture);

    // One spike must not flatten the curve: the scale covers all but the highest half percent of the losses.
    private static void SetLimits(Plot plot, double[] numbers, double[] losses, double highestRate)
    {
        var finite = losses.Where(double.IsFinite).Order().ToArray();
        var (low, high) = finite.Length == 0 ? (0, 1) : (finite[0], finite[(int)Math.Ceiling(0.995 * (finite.Length - 1))]);
        var margin = Math.Max(0.05 * (high - low), 0.01);
        var first = numbers[0];
        var last = Math.Max(numbers[^1], first + 1);
        plot.Axes.SetLimits(first - 0.01 * (last - first), last + 0.01 * (last - first), low - margin, high + margin);
        plot.Axes.SetLimitsY(0, highestRate > 0 ? 1.08 * highestRate : 1, plot.Axes.Right);
    }
}
