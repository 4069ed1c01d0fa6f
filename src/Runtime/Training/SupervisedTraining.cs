using FineTune.Data;
using FineTune.Hooks;

namespace FineTune.Training;

/// <summary>Learns the trained tokens of rows, by cross entropy or the recipe's own loss.</summary>
internal sealed class SupervisedTraining(TrainingSetup setup, CustomLoss? loss) : ITrainingMethod
{
    private readonly PassSettings _pass = PassSettings.Of(setup.Options.Training);

    // The loss is the sum over trained tokens of all micro-batches, divided once by their number.
    public StepGradients AddGradients(int step, IReadOnlyList<int> sequences)
    {
        var rows = setup.Rows.Sequences;
        var trained = sequences.Sum(i => rows[i].TrainedTokens);
        var sum = 0.0;
        foreach (var microBatch in setup.Steps.MicroBatches(sequences))
            sum += TrainingPass.Run(setup.Model!, PackedBatch.Of([.. microBatch.Select(i => rows[i])]), trained, loss, _pass);
        return new StepGradients(sum / trained, sequences.Sum(i => (long)rows[i].Length), trained);
    }

    public bool CanResumeAfter(int steps) => true;
}
