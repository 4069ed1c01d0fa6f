namespace FineTune.Training;

/// <summary>Hears what a training run does, in the order in which it happens and on the thread that trains.</summary>
public interface ITrainingObserver
{
    /// <summary>Everything is loaded and the first step is about to begin. Not called for a run that is finished already.</summary>
    /// <param name="plan">What the run will do.</param>
    void Started(TrainingPlan plan);

    /// <summary>An optimizer step is done.</summary>
    /// <param name="step">What it did.</param>
    void Stepped(TrainingStep step);

    /// <summary>The held-out rows were evaluated, after the step before.</summary>
    /// <param name="evaluation">What came out.</param>
    void Evaluated(TrainingEvaluation evaluation);

    /// <summary>A checkpoint is on disk, complete.</summary>
    /// <param name="step">The last step that it contains.</param>
    /// <param name="folder">Where it is.</param>
    void CheckpointSaved(int step, string folder);

    /// <summary>Something that the user should know, such as a resumed run or a slow data type.</summary>
    /// <param name="message">One sentence.</param>
    void Notice(string message);
}
