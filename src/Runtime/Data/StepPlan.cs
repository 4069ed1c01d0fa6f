using FineTune.Recipes;

namespace FineTune.Data;

/// <summary>
/// Which sequences each optimizer step trains on. It depends only on lengths, options and seed, so that a resumed run goes on
/// where it stopped without anything being stored. A step never spans two epochs.
/// </summary>
internal sealed class StepPlan
{
    private readonly IReadOnlyList<int> _lengths;
    private readonly TrainingOptions _options;
    private readonly bool _shuffle;
    private readonly RowMixture? _mixture;
    private readonly int _repeats;

    /// <param name="lengths">The sequences' tokens.</param>
    /// <param name="options">Batch sizes, epochs, seed.</param>
    /// <param name="shuffle">Whether the order differs from epoch to epoch.</param>
    /// <param name="mixture">Which sequences an epoch uses; without it, all.</param>
    /// <param name="repeats">How many optimizer steps in a row use the same sequences.</param>
    public StepPlan(IReadOnlyList<int> lengths, TrainingOptions options, bool shuffle, RowMixture? mixture = null, int repeats = 1)
    {
        (_lengths, _options, _shuffle, _mixture, _repeats) = (lengths, options, shuffle, mixture, repeats);
        TotalSteps = options.MaxSteps ?? CountSteps();
    }

    /// <summary>Optimizer steps of the whole run.</summary>
    public int TotalSteps { get; }

    /// <summary>The steps from one on.</summary>
    /// <param name="first">The first step, from 0.</param>
    /// <returns>Indices of sequences, step by step, up to <see cref="TotalSteps"/>.</returns>
    public IEnumerable<IReadOnlyList<int>> From(int first)
    {
        var step = 0;
        for (var epoch = 0; step < TotalSteps; epoch++)
        {
            foreach (var sequences in Epoch(epoch).SelectMany(sequences => Enumerable.Repeat(sequences, _repeats)))
            {
                if (step == TotalSteps)
                    yield break;
                if (step >= first)
                    yield return sequences;
                step++;
            }
        }
    }

    /// <summary>Splits a step into micro-batches, best fit decreasing.</summary>
    public IReadOnlyList<IReadOnlyList<int>> MicroBatches(IReadOnlyList<int> step) =>
        [.. SequencePacking.BestFitDecreasing([.. step.Select(i => _lengths[i])], _options.MicroBatchTokens)
            .Select(pack => (IReadOnlyList<int>)[.. pack.Select(i => step[i])])];

    private int CountSteps()
    {
        var whole = (int)Math.Floor(_options.Epochs);
        var steps = Enumerable.Range(0, whole).Sum(epoch => Epoch(epoch).Count());
        var part = _options.Epochs - whole;
        return (part > 0 ? steps + (int)Math.Ceiling(part * Epoch(whole).Count()) : steps) * _repeats;
    }

    private IEnumerable<IReadOnlyList<int>> Epoch(int epoch)
    {
        var order = _mixture?.Epoch(epoch) ?? [.. Enumerable.Range(0, _lengths.Count)];
        if (_shuffle)
            new SequenceShuffle(_options.Seed, epoch).Apply(order);
        return _options.RowsOfAStep is { } rows ? order.Chunk(rows) : ByTokens(order, _options.TokensPerBatch ?? TrainingOptions.DefaultTokensPerBatch);
    }

    private IEnumerable<IReadOnlyList<int>> ByTokens(int[] order, int capacity)
    {
        var step = new List<int>();
        var tokens = 0;
        foreach (var sequence in order)
        {
            if (step.Count > 0 && tokens + _lengths[sequence] > capacity)
            {
                yield return step;
                (step, tokens) = ([], 0);
            }

            step.Add(sequence);
            tokens += _lengths[sequence];
        }

        if (step.Count > 0)
            yield return step;
    }
}
