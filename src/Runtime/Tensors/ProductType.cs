using System.Diagnostics;
using FineTune.Recipes;
using static TorchSharp.torch;

namespace FineTune.Tensors;

/// <summary>The type that matrix products run in, and why.</summary>
/// <param name="Type">fp32 or bf16.</param>
/// <param name="Reason">One sentence for the plan and the log.</param>
/// <param name="Slowdown">How many times slower this type is than fp32 on this machine, if it is slower and was asked for; else null.</param>
internal sealed record ProductType(ScalarType Type, string Reason, double? Slowdown)
{
    private const int ProbeSize = 256;

    /// <summary>The type that a run goes on in, whatever the machine is fast in at the moment.</summary>
    public static ProductType OfCheckpoint(ScalarType type) => new(type, "the run's checkpoint has it", null);

    /// <summary>Chooses by the recipe, the processor's instructions and a short probe.</summary>
    public static ProductType Choose(ModelDType asked)
    {
        if (asked == ModelDType.Float32)
            return new ProductType(ScalarType.Float32, "the recipe asks for float32", null);
        var instructions = HasInstructions();
        var ratio = SpeedOfBFloat16(instructions);
        var factor = ratio >= 1 ? $"{ratio:F1} times faster" : $"{1 / ratio:F1} times slower";
        if (asked == ModelDType.BFloat16)
            return new ProductType(ScalarType.BFloat16, $"the recipe asks for bfloat16, {factor} than float32 here", ratio < 0.9 ? 1 / ratio : null);
        // The instructions decide and the probe has a veto only where it is sure, so that a busy moment changes nothing.
        return ratio >= (instructions ? 0.5 : 2)
            ? new ProductType(ScalarType.BFloat16, $"bfloat16 products are {factor} than float32 here", null)
            : new ProductType(ScalarType.Float32, $"bfloat16 products are {factor} than float32 here{(instructions ? "" : " (no bf16 instructions)")}", null);
    }

    private static bool HasInstructions()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/proc/cpuinfo"))
            return false;
        var flags = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("flags", StringComparison.Ordinal)) ?? "";
        return flags.Contains("avx512_bf16", StringComparison.Ordinal) || flags.Contains("amx_bf16", StringComparison.Ordinal);
    }

    private static double SpeedOfBFloat16(bool instructions)
    {
        using var scope = NewDisposeScope();
        using var none = no_grad();
        var (left, right) = (ones(ProbeSize, ProbeSize), ones(ProbeSize, ProbeSize));
        var (narrowLeft, narrowRight) = (left.to(ScalarType.BFloat16), right.to(ScalarType.BFloat16));
        // The first product of a size may be compiled for it, which is not what is measured.
        _ = Time(left, right) + Time(narrowLeft, narrowRight);
        var (wide, narrow) = (Time(left, right), Time(narrowLeft, narrowRight));
        // The fastest of several, in turns: whatever else the machine does only makes them slower. What the instructions promise is
        // given up only after many: a run that is repeated in a busy moment must not compute in another type.
        var (begin, patience) = (Stopwatch.StartNew(), instructions ? 500 : 10);
        for (var i = 0; i < 6 || begin.ElapsedMilliseconds < (narrow < wide ? 10 : patience); i++)
        {
            wide = Math.Min(wide, Time(left, right));
            // Without instructions one product may take long, and nothing is expected of it.
            if (instructions || narrow < 4 * wide)
                narrow = Math.Min(narrow, Time(narrowLeft, narrowRight));
        }

        return wide / narrow;
    }

    private static double Time(Tensor left, Tensor right)
    {
        var watch = Stopwatch.StartNew();
        mm(left, right).Dispose();
        return watch.Elapsed.TotalSeconds;
    }
}
