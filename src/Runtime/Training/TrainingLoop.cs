using System.Diagnostics;
using System.Globalization;
using FineTune.Training.Checkpoints;
using FineTune.Training.Optimizers;
using FineTune.Training.Schedules;

namespace FineTune.Training;

/// <summary>The loop: next step's sequences, their passes, clip, update, report, checkpoint.</summary>
internal sealed class TrainingLoop
{
    private static readonly TimeSpan CheckpointInterval = TimeSpan.FromMinutes(1);

    private readonly TrainingSetup _setup;
    private readonly Optimizer _optimizer;
    private readonly WeightAverage? _average;
    private readonly CheckpointFolder _checkpoints;
    private readonly RunFolder _folder;
    private readonly string _run;
    private readonly ITrainingObserver _observer;
    private readonly ITrainingMethod _method;
    private readonly LearningRates _rates;
    private readonly RunEvaluations? _evaluations;
    private readonly int? _saveInterval;
    private CheckpointState _state;
    private int _saved;

    public TrainingLoop(
        TrainingSetup setup, ITrainingMethod method, Optimizer optimizer, WeightAverage? average, CheckpointFolder checkpoints, RunFolder folder, string run, ITrainingObserver observer)
    {
        (_setup, _method, _optimizer, _average, _checkpoints, _folder, _run, _observer) = (setup, method, optimizer, average, checkpoints, folder, run, observer);
        var training = setup.Options.Training;
        var total = setup.Steps.TotalSteps;
        _rates = new LearningRates(training.Schedule, setup.Options.LearningRate, new ScheduleSettings
        {
            TotalSteps = total,
            WarmupSteps = ScheduleSettings.Warmup(training.WarmupSteps, total),
            MinLrRate = training.MinLrRate,
            NumDecaySteps = total / 5,
        });
        _saveInterval = training.SaveSteps is { } save ? StepInterval.Of(save, total) : null;
        if (training.EvalSteps is { } every && setup.HeldOut is { } heldOut)
            _evaluations = new RunEvaluations(setup, heldOut, every);
        _state = new CheckpointState(0, 0, 0, run, setup.Product.Type.ToString(), new BestEvaluation());
    }

    /// <summary>Takes up the newest checkpoint of the run, if there is one.</summary>
    public void Resume()
    {
        if (_checkpoints.Newest(_run) is not { } newest)
            return;
        CheckpointFolder.Restore(newest.Folder, newest.State, _setup.Trained, _optimizer, _average);
        _state = newest.State;
        _observer.Notice($"Resuming after step {_state.Step} of {_setup.Steps.TotalSteps}.");
    }

    /// <summary>Takes up the checkpoint of a step, as the run's result.</summary>
    public void GoBackTo(int step)
    {
        var (folder, state) = _checkpoints.At(step);
        CheckpointFolder.Restore(folder, state, _setup.Trained, _optimizer, _average);
        _state = state;
    }

    /// <summary>Trains to the end, or until asked to stop.</summary>
    public TrainingResult Run(CancellationToken stop)
    {
        using var metrics = MetricsFile.Continue(_folder.MetricsFile, _state.Step);
        var total = _setup.Steps.TotalSteps;
        var (first, clock, sinceCheckpoint) = (_state.Step, Stopwatch.StartNew(), Stopwatch.StartNew());
        var (tokens, secondsToFirstStep, evaluating) = (0L, 0.0, TimeSpan.Zero);
        if (_evaluations?.NeverStops is { } reason)
            _observer.Notice(reason);
        foreach (var sequences in _setup.Steps.From(first))
        {
            if ((stop.IsCancellationRequested || StoppedEarly) && _method.CanResumeAfter(_state.Step))
                break;
            var watch = Stopwatch.StartNew();
            var step = Step(sequences, out var stepTokens);
            tokens += stepTokens;
            if (secondsToFirstStep == 0)
                secondsToFirstStep = (DateTime.Now - Process.GetCurrentProcess().StartTime).TotalSeconds;
            var perStep = clock.Elapsed / (_state.Step - first);
            step = step with
            {
                TokensPerSecond = stepTokens / watch.Elapsed.TotalSeconds,
                PeakMemoryBytes = ProcessMemory.Peak(),
                Elapsed = clock.Elapsed,
                Remaining = perStep * (total - _state.Step),
            };
            metrics.Write(step);
            _observer.Stepped(step);
            watch.Restart();
            var isBest = Evaluate(metrics);
            evaluating += watch.Elapsed;
            if (_method.CanResumeAfter(_state.Step) && (IsCheckpointDue(sinceCheckpoint.Elapsed) || (isBest && _setup.Options.Training.LoadBest)))
            {
                Save();
                sinceCheckpoint.Restart();
            }
        }

        if (_state.Step > first && _saved != _state.Step)
            Save();
        if (StoppedEarly && _state.Step < total)
            _observer.Notice($"Stopped early after step {_state.Step}: the last {_state.Best.WithoutImprovement} evaluations are no improvement on that of step {_state.Best.Step}.");
        return new TrainingResult(
            _state.Step, _state.Step < total && !StoppedEarly, _state.TrainedTokens, tokens / Math.Max(1e-9, (clock.Elapsed - evaluating).TotalSeconds),
            secondsToFirstStep, ProcessMemory.Peak(), _state.Loss, _evaluations is null ? null : _state.Best, AlreadyFinished: false);
    }

    private bool StoppedEarly => _evaluations?.Ends(_state.Best) == true;

    // Whether the weights are the best so far.
    private bool Evaluate(MetricsFile metrics)
    {
        if (_evaluations?.IsDue(_state.Step) != true)
            return false;
        using var weights = ResultWeights();
        var best = _state.Best;
        var evaluation = _evaluations.Run(_state.Step, ref best);
        _state = _state with { Best = best };
        metrics.Write(evaluation);
        _observer.Evaluated(evaluation);
        return evaluation.IsBest;
    }

    /// <summary>While it lives, the model has the weights that are the run's result, where those are an average of the trained ones.</summary>
    public EvaluationWeights ResultWeights() => new(_average is null ? _optimizer.EvaluationWeights() : _average.Weights(_state.Step));

    private TrainingStep Step(IReadOnlyList<int> sequences, out long tokens)
    {
        var gradients = _method.AddGradients(_state.Step, sequences);
        tokens = gradients.Tokens;
        var (loss, norm) = (gradients.Loss, _optimizer.GradientNorm());
        if (!double.IsFinite(loss) || !double.IsFinite(norm))
        {
            // Nothing is updated yet: the weights are those after the step before.
            if (_state.Step > 0 && _method.CanResumeAfter(_state.Step))
                Save();
            throw NotFinite(loss, norm, sequences);
        }

        var rate = _rates.At(_state.Step);
        var training = _setup.Options.Training;
        if (training.MaxGradValue is { } largest)
            _optimizer.ClipValues(largest);
        _optimizer.Step(rate, training.MaxGradValue is null ? Clipping.Factor(norm, training.MaxGradNorm) : 1);
        _average?.Add(_state.Step + 1);
        _state = _state with { Step = _state.Step + 1, TrainedTokens = _state.TrainedTokens + gradients.TrainedTokens, Loss = loss };
        return new TrainingStep(_state.Step, _setup.Steps.TotalSteps, loss, rate, norm, 0, _state.TrainedTokens, 0, default, default) { Metrics = gradients.Metrics };
    }

    private bool IsCheckpointDue(TimeSpan sinceLast) => _saveInterval is { } every
        ? _state.Step % every == 0
        : sinceLast >= CheckpointInterval;

    private void Save()
    {
        var training = _setup.Options.Training;
        _saved = _state.Step;
        var folder = _checkpoints.Save(_state, _setup.Trained, _optimizer, _average, training.SaveTotalLimit, training.LoadBest ? _state.Best.Step : null);
        _observer.CheckpointSaved(_state.Step, folder);
    }

    private FineTuneException NotFinite(double loss, double norm, IReadOnlyList<int> sequences)
    {
        var rows = sequences.Select(i => _setup.Rows.Sequences[i]).OrderBy(row => row.File, StringComparer.Ordinal).ThenBy(row => row.Row)
            .Select(row => _setup.Rows.Files.Count > 1 ? row.Place : row.Row.ToString(CultureInfo.InvariantCulture)).Distinct().ToList();
        var listed = string.Join(", ", rows.Take(8)) + (rows.Count > 8 ? $", … ({rows.Count} rows)" : "");
        var what = double.IsFinite(loss) ? $"the gradient's norm is {norm}" : $"the loss is {loss}";
        return new FineTuneException("FT5321", $"In step {_state.Step + 1} {what}. The step's rows are on lines {listed}. The weights before this step are intact in the "
            + "last checkpoint. A lower training.learning_rate or a warm-up usually helps; look at these rows too.", _setup.Options.Data.Train.ToString());
    }
}
