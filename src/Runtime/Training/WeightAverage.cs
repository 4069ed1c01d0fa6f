using FineTune.Models;
using FineTune.Recipes;
using static TorchSharp.torch;

namespace FineTune.Training;

/// <summary>An average of the trained weights over steps.</summary>
internal sealed class WeightAverage : IDisposable
{
    private readonly IReadOnlyList<(Parameter Parameter, Tensor Average)> _averages;
    private readonly Func<long, double?> _share;

    /// <param name="parameters">What is trained.</param>
    /// <param name="share">What a step's weights count in the average, by its number from 1; null leaves the average as it is.</param>
    private WeightAverage(IEnumerable<Parameter> parameters, Func<long, double?> share)
    {
        _averages = [.. parameters.Select(parameter => (parameter, zeros_like(parameter.Value).DetachFromDisposeScope()))];
        _share = share;
    }

    /// <summary>The tensors, by parameter, for checkpoints: <c>{parameter}.average</c>.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> State => _averages.Select(entry => KeyValuePair.Create($"{entry.Parameter.Name}.average", entry.Average));

    /// <summary>The average that a recipe asks for; null if none.</summary>
    public static WeightAverage? Of(IEnumerable<Parameter> parameters, TrainingOptions options, int totalSteps) => options.Average switch
    {
        WeightAveraging.Ema => Ema(parameters, options.EmaDecay),
        WeightAveraging.Last => Last(parameters, options.AverageLast, totalSteps),
        WeightAveraging.Swa => Swa(parameters, options.SwaStart < 1 ? Math.Max(1, (int)Math.Ceiling(totalSteps * options.SwaStart)) : (int)options.SwaStart, options.SwaEvery),
        _ => null,
    };

    /// <summary>Begins as the weights after the first step, then <c>a ← d·a + (1 − d)·w</c>.</summary>
    public static WeightAverage Ema(IEnumerable<Parameter> parameters, double decay) => new(parameters, step => step == 1 ? 1 : 1 - decay);

    /// <summary>The mean of the weights after each of the last steps.</summary>
    public static WeightAverage Last(IEnumerable<Parameter> parameters, int count, int totalSteps) =>
        new(parameters, step => step > totalSteps - count ? 1.0 / (step - Math.Max(0, totalSteps - count)) : null);

    /// <summary>The mean of the weights after steps start, start + every, …</summary>
    public static WeightAverage Swa(IEnumerable<Parameter> parameters, int start, int every) =>
        new(parameters, step => step >= start && (step - start) % every == 0 ? 1.0 / ((step - start) / every + 1) : null);

    /// <summary>Takes in the weights after a step.</summary>
    public void Add(long step)
    {
        using var none = no_grad();
        if (_share(step) is not { } share)
            return;
        foreach (var (parameter, average) in _averages)
            average.lerp_(parameter.Value, share);
    }

    /// <summary>Takes over a checkpoint's averages.</summary>
    public void Restore(Func<string, Tensor> read)
    {
        using var none = no_grad();
        foreach (var (name, average) in State)
        {
            using var stored = read(name);
            average.copy_(stored);
        }
    }

    /// <summary>The average weights, new tensors; null before the first step that counts.</summary>
    public IReadOnlyList<(Parameter Parameter, Tensor Value)>? Weights(long step)
    {
        using var none = no_grad();
        return LongRange(step).Any(earlier => _share(earlier) is not null) ? [.. _averages.Select(entry => (entry.Parameter, entry.Average.clone()))] : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, average) in _averages)
            average.Dispose();
    }

    private static IEnumerable<long> LongRange(long last)
    {
        for (var step = 1L; step <= last; step++)
            yield return step;
    }
}
