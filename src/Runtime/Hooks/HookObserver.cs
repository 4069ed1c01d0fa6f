using FineTune.Recipes;
using FineTune.Training;

namespace FineTune.Hooks;

/// <summary>Tells the recipe of its own steps, after whoever else listens.</summary>
internal sealed class HookObserver(ITrainingObserver inner, TrainingPipeline pipeline) : ITrainingObserver
{
    public void Started(TrainingPlan plan) => inner.Started(plan);

    public void Stepped(TrainingStep step)
    {
        inner.Stepped(step);
        UserCode.Call(pipeline, nameof(TrainingPipeline.OnStep), () => pipeline.OnStep(step));
    }

    public void Evaluated(TrainingEvaluation evaluation)
    {
        inner.Evaluated(evaluation);
        UserCode.Call(pipeline, nameof(TrainingPipeline.OnEvaluation), () => pipeline.OnEvaluation(evaluation));
    }

    public void CheckpointSaved(int step, string folder) => inner.CheckpointSaved(step, folder);

    public void Notice(string message) => inner.Notice(message);
}
