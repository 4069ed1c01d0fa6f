using FineTune.App.Reports;

namespace FineTune.Tests.App;

public sealed class LossPlotTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("finetune-");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void Smoothing_KeepsALine_AtItsEndsToo_AndSkipsNaN()
    {
        var line = Enumerable.Range(0, 120).Select(i => 5 - 0.02 * i).ToArray();
        Assert.All(LossSmoothing.Smooth(line).Zip(line), pair => Assert.Equal(pair.Second, pair.First, 10));

        line[60] = double.NaN;
        Assert.Equal(5 - 0.02 * 60, LossSmoothing.Smooth(line)[60], 10);
    }

    [Fact]
    public void Smoothing_LessensNoise()
    {
        var random = new Random(1);
        var noisy = Enumerable.Range(0, 600).Select(_ => random.NextDouble() - 0.5).ToArray();
        var before = noisy.Average(value => value * value);
        var after = LossSmoothing.Smooth(noisy).Average(value => value * value);
        Assert.True(after < before / 15, $"{before} -> {after}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(300)]
    public void APicture_HasDarkAndColouredPixels(int steps)
    {
        var random = new Random(3);
        var metrics = Enumerable.Range(1, steps)
            .Select(i => new StepMetrics(i, 2 + 3 * Math.Exp(-i / 40.0) + 0.4 * (random.NextDouble() - 0.5), 2e-4 * Math.Min(1, i / 20.0) * (1 - i / 301.0)))
            .ToList();
        var path = Path.Combine(_root.FullName, "loss.png");

        var evaluations = metrics.Where(step => step.Step % 20 == 0).Select(step => new EvaluationMetrics(step.Step, step.Loss + 0.3)).ToList();
        LossPlot.Write(path, "DescribeApi", metrics, evaluations);
        if (Environment.GetEnvironmentVariable("FINETUNE_KEEP_PLOT") is { Length: > 0 } keep)
            File.Copy(path, $"{keep}-{steps}.png", overwrite: true);

        using var bitmap = SkiaSharp.SKBitmap.Decode(path);
        Assert.Equal((1200, 700), (bitmap.Width, bitmap.Height));
        Assert.Contains(bitmap.Pixels, pixel => pixel is { Red: < 60, Green: < 60, Blue: < 70 }); // axes and text
        Assert.Contains(bitmap.Pixels, pixel => pixel is { Red: > 180, Green: < 160, Blue: < 80 } || steps == 1); // learning rate
        Assert.Equal(steps >= 20, bitmap.Pixels.Any(pixel => pixel is { Red: < 60, Green: > 110, Blue: < 80 })); // held-out rows
    }

    [Fact]
    public void NoSteps_NoPicture()
    {
        var path = Path.Combine(_root.FullName, "loss.png");
        LossPlot.Write(path, "DescribeApi", [], []);
        Assert.False(File.Exists(path));
    }
}
