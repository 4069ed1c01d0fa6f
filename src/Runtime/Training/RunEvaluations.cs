using FineTune.Data;
using FineTune.Recipes;

namespace FineTune.Training;

/// <summary>The evaluations of a run while it trains: when, on which rows, and what follows from them.</summary>
/// <param name="setup">The run.</param>
/// <param name="rows">The held-out rows.</param>
/// <param name="everySteps">Steps from one to the next, as the recipe says it.</param>
internal sealed class RunEvaluations(TrainingSetup setup, EvaluationRows rows, double everySteps)
{
    private readonly TrainingOptions _options = setup.Options.Training;
    private readonly int _total = setup.Steps.TotalSteps;
    private readonly int _interval = StepInterval.Of(everySteps, setup.Steps.TotalSteps);

    /// <summary>Why training cannot stop early although the recipe asks for it; null if it can.</summary>
    public string? NeverStops
    {
        get
        {
            var evaluations = (_total + _interval - 1) / _interval;
            return _options.EarlyStoppingPatience is { } patience && evaluations <= patience
                ? $"Training cannot stop early: there are {evaluations} evaluations in {_total} steps, and training.early_stopping_patience is {patience}."
                : null;
        }
    }

    /// <summary>Whether the rows are evaluated after a step.</summary>
    public bool IsDue(int step) => step % _interval == 0 || step == _total;

    /// <summary>Whether the evaluations so far end the run.</summary>
    public bool Ends(BestEvaluation best) => best.WithoutImprovement >= _options.EarlyStoppingPatience;

    /// <summary>Evaluates the rows.</summary>
    /// <param name="step">The steps done.</param>
    /// <param name="best">The evaluations before; replaced by those with this one.</param>
    public TrainingEvaluation Run(int step, ref BestEvaluation best)
    {
        var (sum, count, likeliest) = (0.0, 0L, 0L);
        foreach (var pack in SequencePacking.BestFitDecreasing([.. rows.Sequences.Select(sequence => sequence.Length)], _options.MicroBatchTokens))
        {
            var (losses, found) = TrainingPass.Evaluate(setup.Model!, PackedBatch.Of([.. pack.Select(index => rows.Sequences[index])]));
            foreach (var loss in losses)
                sum += loss;
            count += losses.Length;
            likeliest += found;
        }

        var evaluation = new TrainingEvaluation(step, sum / count, (double)likeliest / count, count, IsBest: false);
        var metric = _options.MetricForBestModel;
        best = best.With(step, evaluation.Of(metric), metric == EvaluationMetric.TokenAccuracy, _options.EarlyStoppingThreshold);
        return evaluation with { IsBest = best.Step == step };
    }
}
