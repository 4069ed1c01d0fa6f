using System.Globalization;
using FineTune.Keys;

namespace FineTune.Facts.Rules;

/// <summary>Compares what a recipe needs with the memory of the device that it shall run on.</summary>
internal static class DeviceMemory
{
    private static readonly (string Unit, double Bytes)[] Units =
    [
        ("GiB", 1L << 30), ("MiB", 1L << 20), ("TiB", 1L << 40), ("GB", 1e9), ("MB", 1e6), ("TB", 1e12),
    ];

    /// <summary>Reads a size, such as <c>24GiB</c>; <see langword="null"/> if it is none.</summary>
    public static long? Parse(string text)
    {
        foreach (var (unit, bytes) in Units)
        {
            if (text.Trim().EndsWith(unit, StringComparison.OrdinalIgnoreCase)
                && double.TryParse(text.Trim().Substring(0, text.Trim().Length - unit.Length).Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                && number * bytes is >= 1 and < long.MaxValue)
                return (long)(number * bytes);
        }

        return null;
    }

    /// <summary>A warning where the recipe cannot fit, with the plan by part.</summary>
    public static IEnumerable<FactProblem> Check(ModelFacts facts, KeySettings settings, long memory)
    {
        if (SizesOf(facts, settings) is not { } sizes || settings.Effective(TrainingKeys.MicroBatchTokens) is not KeyValue.Integer { Value: var tokens })
            yield break;
        (string Name, long Bytes)[] parts =
        [
            ("weights", sizes.Weights), ("adapter", sizes.Adapter), ("gradients", sizes.Gradients), ("optimizer", sizes.OptimizerStates), ("activations", sizes.Activations(tokens)),
            ("reference", sizes.Reference), ("sampling", sizes.Sampling),
        ];
        var total = parts.Sum(part => part.Bytes);
        if (total <= memory)
            yield break;
        var plan = string.Join(", ", parts.Where(part => part.Bytes > 0).Select(part => $"{part.Name} {Show(part.Bytes)}"));
        yield return new(
            ModelKeys.Base, FactCodes.BeyondMemory,
            $"The recipe needs about {Show(total)} ({plan}), more than the {Show(memory)} of FineTuneDeviceMemory; {Advise(sizes, parts[4].Bytes, total - memory)}.");
    }

    private static string Advise(MemorySizes sizes, long activations, long excess) =>
        activations > excess ? "lower training.micro_batch_tokens"
        : sizes.IsFull ? "train an adapter instead of all weights"
        : "take a smaller model";

    private static MemorySizes? SizesOf(ModelFacts facts, KeySettings settings)
    {
        if (facts is not { HiddenSize: { } hidden, IntermediateSize: { } intermediate, Layers: { } layers, Heads: { } heads, KeyValueHeads: { } keys, HeadSize: { } size, Parameters: > 0 })
            return null;
        var isFull = Text(settings, AdapterKeys.Kind) != "lora";
        var rank = settings.Effective(AdapterKeys.Rank) is KeyValue.Integer { Value: var value } ? value : 0;
        var adapted = isFull ? [] : TargetRules.Adapted(facts, settings).ToList();
        var dtype = Text(settings, ModelKeys.DType);
        return new()
        {
            HiddenSize = hidden,
            IntermediateSize = intermediate,
            Layers = layers,
            Heads = heads,
            KeyValueHeads = keys,
            HeadSize = size,
            BaseParameters = facts.Parameters,
            AdapterParameters = adapted.Sum(linear => rank * (linear.Rows + linear.Columns) * linear.Count),
            Ranks = adapted.Where(linear => !linear.IsEmbedding).Sum(linear => (long)rank * linear.Count),
            IsFull = isFull,
            StoredBytes = (dtype == "auto" ? facts.StoredDType : dtype) == "float32" ? 4 : 2,
            // Devices with a memory of their own are fast in 16 bits.
            ProductBytes = dtype == "float32" ? 4 : 2,
            States = MemorySizes.StatesOf(
                Text(settings, TrainingKeys.Optimizer) ?? "",
                settings.Effective(TrainingKeys.Momentum) is KeyValue.Number { Value: > 0 },
                Text(settings, TrainingKeys.Average) is not (null or "none")),
            Samples = GrpoKeys.AreRead(settings),
            HasReference = GrpoKeys.AreRead(settings) && settings.Effective(GrpoKeys.Beta) is KeyValue.Number { Value: > 0 },
        };
    }

    private static string? Text(KeySettings settings, Key key) => (settings.Effective(key) as KeyValue.Text)?.Value;

    private static string Show(long bytes) => bytes >= 1L << 30
        ? (bytes / (double)(1L << 30)).ToString("0.0", CultureInfo.InvariantCulture) + " GiB"
        : (bytes / (double)(1L << 20)).ToString("0.0", CultureInfo.InvariantCulture) + " MiB";
}
