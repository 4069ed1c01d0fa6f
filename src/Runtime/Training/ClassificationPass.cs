using FineTune.Data;
using FineTune.Models;
using FineTune.Tensors;
using static TorchSharp.torch;

namespace FineTune.Training;

/// <summary>
/// Sequence classification (transformers' <c>ForSequenceClassification</c>): the head reads each sequence at its last token that is
/// not the padding token.
/// </summary>
internal static class ClassificationPass
{
    /// <summary>The scores of each sequence's labels.</summary>
    /// <returns>[sequences, labels] fp32.</returns>
    public static Tensor Scores(CausalLanguageModel model, IReadOnlyList<TokenSequence> sequences)
    {
        using var none = no_grad();
        using var scope = NewDisposeScope();
        var batch = PackedBatch.Of(sequences);
        using var context = model.Context(batch.Layout);
        var hidden = model.Forward(batch.Tokens, context);
        return model.Logits(RowGather.Take(hidden, LastTokens(model, batch), hidden.dtype)).to(ScalarType.Float32, copy: true).MoveToOuterDisposeScope();
    }

    /// <summary>Adds the gradients of <c>Σ loss / divisor</c> over the sequences to the model's trained parameters.</summary>
    /// <param name="model">The model.</param>
    /// <param name="sequences">The sequences.</param>
    /// <param name="targets">
    /// Int64 [sequences]: the label of each, with cross entropy; or fp32 [sequences, labels]: one number with the squared error, several
    /// 0 or 1 with binary cross entropy, each summed over the labels.
    /// </param>
    /// <param name="divisor">The sequences of the whole optimizer step, times the labels where there are several numbers.</param>
    /// <returns>The sum of the losses.</returns>
    public static double Run(CausalLanguageModel model, IReadOnlyList<TokenSequence> sequences, Tensor targets, double divisor)
    {
        var packed = PackedBatch.Of(sequences);
        var last = LastTokens(model, packed);
        return TrainingPass.Run(model, packed, last, (hidden, rows) => HeadLoss(model, hidden, rows, targets, divisor));
    }

    private static (double Loss, Tensor Gradient) HeadLoss(CausalLanguageModel model, Tensor hidden, int[] last, Tensor targets, double divisor)
    {
        var gradient = StepMemory.Zeros(hidden.dtype, hidden.shape);
        using var scope = NewDisposeScope();
        using var temporaries = StepMemory.Temporaries();
        var rows = RowGather.Take(hidden, last, hidden.dtype);
        var (normed, scale) = RmsNorm.Forward(rows, model.FinalNorm.Value, model.Config.RmsNormEpsilon);
        using var state = new LinearState();
        var scores = model.Head.Forward(normed, state: state);
        var (loss, gradScores) = LossOf(scores.to(ScalarType.Float32), targets, divisor);
        var gradOutput = gradScores.to(scores.dtype);
        model.Head.AddGradients(gradOutput, normed, state);
        var gradNormed = model.Head.InputGradient(gradOutput, state);
        var gradRows = StepMemory.Zeros(rows.dtype, rows.shape);
        RmsNorm.Backward(gradNormed, rows, model.FinalNorm.Value, scale, gradRows, model.FinalNorm.Gradient);
        gradient.index_copy_(0, tensor(last, dtype: ScalarType.Int64), gradRows);
        return (loss, gradient.MoveToOuterDisposeScope());
    }

    // The sum of the losses, and the gradient of that over the divisor.
    private static (double Loss, Tensor Gradient) LossOf(Tensor scores, Tensor targets, double divisor)
    {
        if (targets.dtype == ScalarType.Int64)
        {
            var logs = scores.log_softmax(1);
            var index = targets.unsqueeze(1);
            var gradient = logs.exp().scatter_add_(1, index, full_like(index, -1).to(ScalarType.Float32));
            return (-logs.gather(1, index).sum(ScalarType.Float64).item<double>(), gradient / divisor);
        }

        if (scores.shape[1] == 1)
        {
            var error = scores - targets;
            return (error.square().sum(ScalarType.Float64).item<double>(), error * (2 / divisor));
        }

        // log(1 + e^x) − x·t, without overflow.
        var losses = scores.clamp(min: 0) - scores * targets + scores.abs().neg().exp().log1p();
        return (losses.sum(ScalarType.Float64).item<double>(), (scores.sigmoid() - targets) / divisor);
    }

    private static int[] LastTokens(CausalLanguageModel model, PackedBatch batch)
    {
        var (layout, pad) = (batch.Layout, model.Config.PadTokenId);
        return [.. layout.Lengths.Select((length, i) =>
        {
            var last = layout.Starts[i] + length - 1;
            for (var t = last; t >= layout.Starts[i]; t--)
            {
                if (batch.Tokens[t] != pad)
                    return t;
            }

            return last;
        })];
    }
}
