using FineTune.Training;

namespace FineTune.Tests.Training;

/// <summary>Keeps what it hears, and may ask to stop after a step.</summary>
internal sealed class RecordingObserver : ITrainingObserver, IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    public int? StopAfter { get; init; }

    public CancellationToken Stop => _stop.Token;

    public List<TrainingStep> Steps { get; } = [];

    public List<string> Notices { get; } = [];

    public List<int> Checkpoints { get; } = [];

    public TrainingPlan? Plan { get; private set; }

    public void Started(TrainingPlan plan) => Plan = plan;

    public void Stepped(TrainingStep step)
    {
        Steps.Add(step);
        if (step.Step == StopAfter)
            _stop.Cancel();
    }

    public List<TrainingEvaluation> Evaluations { get; } = [];

    public void Evaluated(TrainingEvaluation evaluation) => Evaluations.Add(evaluation);

    public void CheckpointSaved(int step, string folder) => Checkpoints.Add(step);

    public void Notice(string message) => Notices.Add(message);

    public void Dispose() => _stop.Dispose();
}
