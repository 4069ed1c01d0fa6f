using static TorchSharp.torch;

namespace FineTune.Tensors;

/// <summary>
/// Cross entropy with what may be added to it, of rows of logits, and its gradient in their place, in fp32.
/// </summary>
/// <param name="LabelSmoothing">ε: <c>(1 − ε)·nll + ε · mean over the vocabulary of −log p</c> (Szegedy et al. 2016).</param>
/// <param name="ZLoss">c: <c>+ c · (log Σ exp logits)²</c> (Chowdhery et al. 2022).</param>
/// <param name="Dynamic">Whether each loss is multiplied by its token's probability, a constant for the gradient (Wu et al. 2025).</param>
internal sealed record TokenLoss(double LabelSmoothing, double ZLoss, bool Dynamic)
{
    /// <summary>Overwrites each row of logits with the gradient of its weighted loss.</summary>
    /// <param name="logits">[rows, vocabulary], fp32 or bf16; overwritten.</param>
    /// <param name="targets">The rows' token ids; a negative one is filler, without loss and gradient.</param>
    /// <param name="weight">The factor of every row's loss in the gradient.</param>
    /// <returns>The sum of the losses, without the factor.</returns>
    public double GradientInPlace(Tensor logits, ReadOnlySpan<int> targets, float weight)
    {
        using var scope = NewDisposeScope();
        var ids = tensor(targets.ToArray(), dtype: ScalarType.Int64);
        var real = ids.ge(0).to(ScalarType.Float32);
        var index = ids.clamp(min: 0).unsqueeze(1);
        var x = logits.to(ScalarType.Float32);
        var logSum = x.logsumexp(1);
        var probabilities = (x - logSum.unsqueeze(1)).exp_();
        var nll = logSum - x.gather(1, index).squeeze(1);
        var losses = nll * (1 - LabelSmoothing);
        if (LabelSmoothing != 0)
            losses.add_(logSum - x.mean([1]), alpha: LabelSmoothing);
        // The factors of the rows in the gradient: of the probabilities, and of the target's entry.
        var (factor, own) = (real * weight, real * (weight * (1 - LabelSmoothing)));
        if (Dynamic)
        {
            var certainty = probabilities.gather(1, index).squeeze(1);
            (losses, factor, own) = (losses * certainty, factor * certainty, own * certainty);
        }

        var ofProbabilities = factor;
        if (ZLoss != 0)
        {
            losses = losses + logSum.square() * ZLoss;
            ofProbabilities = factor + real * logSum * (2 * ZLoss * weight);
        }

        var gradient = probabilities.mul_(ofProbabilities.unsqueeze(1));
        if (LabelSmoothing != 0)
            gradient.sub_(factor.unsqueeze(1) * (LabelSmoothing / x.shape[1]));
        gradient.scatter_add_(1, index, own.neg().unsqueeze(1));
        logits.copy_(gradient);
        return (losses * real).sum(ScalarType.Float64).item<double>();
    }
}
