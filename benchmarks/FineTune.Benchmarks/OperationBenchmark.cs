using System.Diagnostics;
using System.Globalization;
using FineTune.Adapters;
using FineTune.Data;
using FineTune.Models;
using FineTune.Recipes;
using FineTune.Tensors;
using static TorchSharp.torch;

namespace FineTune.Benchmarks;

/// <summary>Where a block's time goes: each operation of one decoder block on a micro-batch of 1,024 tokens.</summary>
internal static class OperationBenchmark
{
    private const int Tokens = 1024;

    public static int Run(BenchmarkOptions options)
    {
        TorchLibrary.Load();
        using var none = no_grad();
        var shape = options.Shape ?? "60m";
        var folder = Directory.CreateTempSubdirectory("finetune-benchmark-").FullName;
        File.WriteAllText(Path.Combine(folder, "config.json"), ModelShapes.Config(shape));
        var config = ModelConfig.Load(folder) with { Layers = 1 };
        Directory.Delete(folder, recursive: true);
        var type = ProductType.Choose(options.DType).Type;
        using var model = CausalLanguageModel.Random(config, 1, type, type);
        using var adapters = AdapterSet.Create(model, new LoraOptions(), 1);
        var layout = new SequenceLayout([230, 210, 200, 190, 180, Tokens - 1010]);
        var (block, heads) = (model.Blocks[0], config.Heads);
        long keyWidth = config.KeyValueHeads * config.HeadSize, queryWidth = heads * config.HeadSize;
        Tensor Random(long width) => randn(Tokens, width).to(type);
        var (x, q, k, v, wide, other) = (Random(config.HiddenSize), Random(queryWidth), Random(keyWidth), Random(keyWidth), Random(config.IntermediateSize), Random(config.IntermediateSize));
        var scale = 1 / Math.Sqrt(config.HeadSize);

        Console.WriteLine($"{shape}, {type}, {Tokens} tokens, milliseconds (median of 15)");
        Print("product gate", () => StepMemory.Product(x, block.Gate.Weight.Value.t()));
        Print("linear gate with adapter", () =>
        {
            using var state = new LinearState();
            block.Gate.Forward(x, state: state);
        });
        Print("linear gate backward", () =>
        {
            using var state = new LinearState();
            state.Keep(zeros(Tokens, 16, dtype: type), null);
            block.Gate.AddGradients(wide, x, state);
            block.Gate.InputGradient(wide, state);
        });
        Print("rms norm forward", () => RmsNorm.Forward(x, block.InputNorm.Value, 1e-5));
        var (_, normScale) = RmsNorm.Forward(x, block.InputNorm.Value, 1e-5);
        var gradient = zeros_like(x);
        Print("rms norm backward", () => RmsNorm.Backward(x, x, block.InputNorm.Value, normScale, gradient, null));
        Print("swiglu forward", () => SwiGlu.Forward(wide, other));
        Print("swiglu backward", () => SwiGlu.BackwardInPlace(wide.clone(), wide.clone(), other.clone()));
        using var context = model.Context(layout);
        Print("rotary table", () => model.Context(layout).Dispose());
        Print("rotation", () => Rotation.Apply(q, heads, context.Rotary.Cos, context.Rotary.Sin, inverse: false));
        Print("attention forward", () => CausalAttention.Evaluate(q, k, v, layout, config.HeadSize, scale));
        var (output, logSum) = CausalAttention.Forward(q, k, v, layout, config.HeadSize, scale);
        Print("attention backward", () => CausalAttention.Backward(q, output, new(q, k, v, logSum), layout, config.HeadSize, scale));
        Print("block forward", () =>
        {
            using var state = new LlamaBlockState();
            block.Forward(x, context, state);
        });
        Print("block forward and backward", () =>
        {
            using var state = new LlamaBlockState();
            block.Forward(x, context, state);
            block.Backward(gradient, context, state, inputGradient: true);
        });
        var logits = randn(512, config.VocabularySize).to(type);
        var targets = new int[512];
        Print("cross entropy of 512 rows", () => CrossEntropy.GradientInPlace(logits, targets, 1e-3f));
        return 0;
    }

    private static void Print(string name, Action operation)
    {
        var times = new List<double>();
        // Long enough for the runtime to compile the kernels for good.
        var warm = Stopwatch.StartNew();
        while (warm.ElapsedMilliseconds < 400 || times.Count < 15)
        {
            using var scope = NewDisposeScope();
            using var pass = StepMemory.Pass();
            var watch = Stopwatch.StartNew();
            operation();
            if (warm.ElapsedMilliseconds >= 400)
                times.Add(watch.Elapsed.TotalMilliseconds);
        }

        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-28} {times[times.Count / 2],8:F2}"));
    }
}
