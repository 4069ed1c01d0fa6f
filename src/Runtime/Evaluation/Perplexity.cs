using FineTune.Data;
using FineTune.Models;
using FineTune.Training;

namespace FineTune.Evaluation;

/// <summary>
/// exp of the mean negative log-likelihood of the trained tokens, over all rows together: long rows weigh more than short ones,
/// as in training.
/// </summary>
internal static class Perplexity
{
    // Tokens of one forward pass.
    private const int PackTokens = 2048;

    /// <param name="model">The model.</param>
    /// <param name="sequences">The rows; at least one trained token among them.</param>
    /// <param name="measured">Is called with the number of sequences done.</param>
    /// <param name="stop">Ends the work.</param>
    /// <exception cref="OperationCanceledException">It was asked to stop.</exception>
    public static double Of(CausalLanguageModel model, IReadOnlyList<TokenSequence> sequences, Action<int> measured, CancellationToken stop)
    {
        var (sum, count, done) = (0.0, 0L, 0);
        foreach (var pack in SequencePacking.BestFitDecreasing([.. sequences.Select(sequence => sequence.Length)], PackTokens))
        {
            stop.ThrowIfCancellationRequested();
            var losses = TrainingPass.Losses(model, PackedBatch.Of([.. pack.Select(index => sequences[index])]));
            foreach (var loss in losses)
                sum += loss;
            count += losses.Length;
            done += pack.Count;
            measured(done);
        }

        return Math.Exp(sum / count);
    }
}
