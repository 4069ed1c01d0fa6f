using System.Diagnostics;
using System.Text.Json;
using FineTune.Adapters;
using FineTune.Data;
using FineTune.Models;
using FineTune.Recipes;
using FineTune.Tensors;
using FineTune.Training;
using FineTune.Training.Optimizers;
using static TorchSharp.torch;

namespace FineTune.Benchmarks;

/// <summary>One shape and method, in a process of its own: its last line is the measurement as JSON.</summary>
internal static class TrainingBenchmark
{
    public static int Run(BenchmarkOptions options)
    {
        TorchLibrary.Load();
        using var none = no_grad();
        var config = ModelConfig.Load(options.ModelFolder!);
        var rows = RealRows.Read(options.Assets, config.VocabularySize);
        var recipe = Recipe(options);
        var product = ProductType.Choose(options.DType);
        var baseline = ProcessMemory.Current();
        using var model = CausalLanguageModel.Load(options.ModelFolder!, product.Type, product.Type);
        using var adapters = recipe.Adapter is null ? null : AdapterSet.Create(model, recipe.Adapter, 1);
        if (adapters is null)
        {
            foreach (var parameter in model.Parameters.Values)
                parameter.Train();
        }

        using var optimizer = OptimizerChoice.Of(adapters?.Parameters ?? model.Parameters.Values, recipe);
        var plan = new StepPlan([.. rows.Select(row => row.Length)], recipe.Training, shuffle: false);
        var (rates, bare, largest, firstStep) = (new List<double>(), new List<double>(), 0, 0.0);
        foreach (var step in plan.From(0).Take(options.Steps))
        {
            var watch = Stopwatch.StartNew();
            var trained = step.Sum(i => rows[i].TrainedTokens);
            foreach (var microBatch in plan.MicroBatches(step))
            {
                largest = Math.Max(largest, microBatch.Sum(i => rows[i].Length));
                TrainingPass.Run(model, PackedBatch.Of([.. microBatch.Select(i => rows[i])]), trained);
            }

            optimizer.Step(1e-4, Clipping.Factor(optimizer.GradientNorm(), 1));
            if (firstStep == 0)
                firstStep = (DateTime.Now - Process.GetCurrentProcess().StartTime).TotalSeconds;
            else
                rates.Add(step.Sum(i => rows[i].Length) / watch.Elapsed.TotalSeconds);
            bare.Add(BareProduct(config, product.Type));
        }

        var flops = (options.Method == "lora" ? 4.0 : 6.0) * ModelShape.Linears(config).Sum(linear => linear.In * linear.Out);
        var need = new MemoryNeed(config, recipe with { Model = recipe.Model with { DType = product.Type == ScalarType.BFloat16 ? ModelDType.BFloat16 : ModelDType.Float32 } }, product.Type).Of(largest);
        var measurement = new TrainingMeasurement(
            options.Shape!, options.Method!, product.Type.ToString(), Median(rates), flops * Median(rates) / (Median(bare) * 1e9), Median(bare),
            ProcessMemory.Peak(), baseline, need.Total, firstStep);
        Console.WriteLine(JsonSerializer.Serialize(measurement));
        return 0;
    }

    private static RecipeOptions Recipe(BenchmarkOptions options) => new()
    {
        Name = "Benchmark",
        Model = new ModelOptions { Base = options.ModelFolder!, DType = options.DType },
        Data = new DataOptions { Train = "gsm8k" },
        Adapter = options.Method == "lora" ? new LoraOptions { Rank = 16, Alpha = 32 } : null,
        Training = new TrainingOptions { TokensPerBatch = 2048, MicroBatchTokens = 2048 },
    };

    // The product that training does most: a micro-batch through the feed-forward block's first matrix.
    private static double BareProduct(ModelConfig config, ScalarType type)
    {
        using var scope = NewDisposeScope();
        long rows = 1024, width = config.HiddenSize, height = config.IntermediateSize;
        var (x, w) = (randn(rows, width).to(type), randn(height, width).to(type));
        var y = mm(x, w.t());
        var rates = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            var watch = Stopwatch.StartNew();
            y.addmm_(x, w.t(), 0, 1);
            rates.Add(2.0 * rows * width * height / watch.Elapsed.TotalSeconds / 1e9);
        }

        return Median(rates);
    }

    private static double Median(List<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? 0 : sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[sorted.Count / 2 - 1] + sorted[sorted.Count / 2]) / 2;
    }
}
