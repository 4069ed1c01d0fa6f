using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FineTune.Models;
using static TorchSharp.torch;

namespace FineTune.Benchmarks;

/// <summary>Runs each shape and method in a process of its own and prints and writes what they measured.</summary>
internal static class BenchmarkSuite
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    public static int Run(BenchmarkOptions options)
    {
        var measurements = new List<TrainingMeasurement>();
        Console.WriteLine("shape  method  dtype     tokens/s  share  bare GF/s  peak MB  above start  needed  ratio  first step s");
        foreach (var shape in ModelShapes.Names.Where(name => options.Shape is null || options.Shape == name))
        {
            using var folder = new RandomModelFolder(shape);
            foreach (var method in new[] { "lora", "full" }.Where(name => options.Method is null || options.Method == name))
            {
                if (Measure(options, shape, method, folder.Path) is not { } m)
                    return 1;
                measurements.Add(m);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{m.Shape,-6} {m.Method,-7} {m.ProductDType,-9} {m.TokensPerSecond,8:F0}  {m.ShareOfBareProduct,5:F2}  {m.BareProductGigaflops,9:F0}  {m.PeakMemoryBytes / 1e6,7:F0}  {(m.PeakMemoryBytes - m.BaselineMemoryBytes) / 1e6,11:F0}  {m.NeededMemoryBytes / 1e6,6:F0}  {m.PeakMemoryRatio,5:F2}  {m.SecondsToFirstStep,12:F1}"));
            }
        }

        Directory.CreateDirectory("artifacts");
        File.WriteAllText(Path.Combine("artifacts", "benchmarks.json"), JsonSerializer.Serialize(new
        {
            training = measurements.Select(m => new
            {
                shape = m.Shape,
                method = m.Method,
                dtype = m.ProductDType,
                tokens_per_second = m.TokensPerSecond,
                share_of_bare_product = m.ShareOfBareProduct,
                peak_memory_bytes = m.PeakMemoryBytes,
                peak_memory_ratio = m.PeakMemoryRatio,
                seconds_to_first_step = m.SecondsToFirstStep,
            }),
        }, Json));
        return 0;
    }

    private static TrainingMeasurement? Measure(BenchmarkOptions options, string shape, string method, string folder)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        foreach (var argument in new[]
        {
            shape, method, "--model", folder, "--dtype", options.DType.ToString(), "--assets", options.Assets,
            "--steps", options.Steps.ToString(CultureInfo.InvariantCulture),
        })
            start.ArgumentList.Add(argument);
        using var child = Process.Start(start)!;
        var output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        if (child.ExitCode == 0)
            return JsonSerializer.Deserialize<TrainingMeasurement>(output.TrimEnd().Split('\n')[^1]);
        Console.Error.WriteLine($"{shape} {method} failed with exit code {child.ExitCode}:\n{output}");
        return null;
    }

    private sealed class RandomModelFolder : IDisposable
    {
        public RandomModelFolder(string shape)
        {
            Path = Directory.CreateTempSubdirectory("finetune-benchmark-").FullName;
            var source = Directory.CreateDirectory(System.IO.Path.Combine(Path, "base")).FullName;
            File.WriteAllText(System.IO.Path.Combine(source, "config.json"), ModelShapes.Config(shape));
            Path = System.IO.Path.Combine(Path, "model");
            using var none = no_grad();
            using var model = CausalLanguageModel.Random(ModelConfig.Load(source), 1, ScalarType.BFloat16, ScalarType.BFloat16);
            ModelFolder.Save(Path, model, source, ScalarType.BFloat16);
        }

        public string Path { get; }

        public void Dispose() => Directory.Delete(System.IO.Path.GetDirectoryName(Path)!, recursive: true);
    }
}
