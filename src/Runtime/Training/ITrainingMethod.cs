namespace FineTune.Training;

/// <summary>What a run learns from its rows: gives each optimizer step its gradients.</summary>
internal interface ITrainingMethod
{
    /// <summary>Adds the gradients of a step to the trained parameters.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <param name="sequences">The sequences that it is planned to use.</param>
    StepGradients AddGradients(int step, IReadOnlyList<int> sequences);

    /// <summary>Whether a run that is taken up after so many steps goes on as if it had not been interrupted.</summary>
    bool CanResumeAfter(int steps);
}
