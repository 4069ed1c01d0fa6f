using FineTune.Data;
using FineTune.Models;
using FineTune.Recipes;
using FineTune.Tensors;
using FineTune.Training;
using static TorchSharp.torch;

namespace FineTune.Alignment;

/// <summary>The passes of sampled completions: their log-probabilities, and the gradients of their policy loss.</summary>
/// <param name="options">Bounds, divergence, objective, temperature.</param>
/// <param name="microBatchTokens">The most tokens in one pass.</param>
internal sealed class PolicyGradient(GrpoOptions options, int microBatchTokens)
{
    private readonly ClippedPolicyLoss _loss = new(options);

    /// <summary>The log-probabilities of each completion's tokens.</summary>
    public double[][] LogProbabilities(CausalLanguageModel model, IReadOnlyList<TokenSequence> sequences)
    {
        var found = new double[sequences.Count][];
        foreach (var pack in Packs(sequences))
        {
            var losses = TrainingPass.Losses(model, PackedBatch.Of([.. pack.Select(i => sequences[i])]), options.Temperature);
            var from = 0;
            foreach (var i in pack)
            {
                found[i] = [.. losses.AsSpan(from, sequences[i].TrainedTokens).ToArray().Select(loss => -(double)loss)];
                from += sequences[i].TrainedTokens;
            }
        }

        return found;
    }

    /// <summary>Adds the gradients of a step's loss to the model's trained parameters.</summary>
    /// <param name="model">The model.</param>
    /// <param name="completions">All completions of the step.</param>
    public PolicyStep AddGradients(CausalLanguageModel model, IReadOnlyList<Completion> completions)
    {
        var counted = completions.Where(completion => completion.IsCounted && completion.Sequence.TrainedTokens > 0).ToList();
        var tokens = counted.Sum(completion => completion.Sequence.TrainedTokens);
        var step = new PolicyStep();
        foreach (var pack in Packs([.. counted.Select(completion => completion.Sequence)]))
        {
            var members = pack.Select(i => counted[i]).ToList();
            var batch = PackedBatch.Of([.. members.Select(completion => completion.Sequence)]);
            var owners = members.SelectMany(completion => Enumerable.Range(0, completion.Sequence.TrainedTokens).Select(t => (completion, t))).ToList();
            step.Loss += TrainingPass.Run(model, batch, (logits, targets, from) => GradientInPlace(logits, targets, owners, from, completions.Count, tokens, step));
        }

        return step;
    }

    // In two readings of the logits: a token's gradient depends on its own probability.
    private double GradientInPlace(
        Tensor logits, int[] targets, List<(Completion Completion, int Token)> owners, int from, int completions, int tokens, PolicyStep step)
    {
        if (options.Temperature != 1)
            logits.div_(options.Temperature);
        var losses = CrossEntropy.Losses(logits, targets);
        var weights = new float[targets.Length];
        var sum = 0.0;
        for (var row = 0; row < targets.Length && targets[row] >= 0; row++)
        {
            var (completion, t) = owners[from + row];
            var weight = _loss.WeightOf(completion.Sequence.TrainedTokens, completions, tokens);
            var token = _loss.Of(-losses[row], completion.OldLogProbabilities?[t], completion.ReferenceLogProbabilities?[t], completion.Advantage);
            sum += weight * token.Loss;
            // Cross entropy is −log p, of logits over the temperature.
            weights[row] = (float)(-weight * token.Derivative / options.Temperature);
            step.Add(token);
        }

        CrossEntropy.GradientInPlace(logits, targets, weights);
        return sum;
    }

    private IEnumerable<IReadOnlyList<int>> Packs(IReadOnlyList<TokenSequence> sequences) =>
        SequencePacking.BestFitDecreasing([.. sequences.Select(sequence => sequence.Length)], microBatchTokens);
}
