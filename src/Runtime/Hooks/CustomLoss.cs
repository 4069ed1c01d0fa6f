using FineTune.Recipes;
using static TorchSharp.torch;

namespace FineTune.Hooks;

/// <summary>Computes the user's loss and its gradient, by automatic differentiation of the logits alone.</summary>
internal sealed class CustomLoss
{
    private readonly TrainingPipeline _pipeline;
    private readonly ITokenLoss _loss;

    private CustomLoss(TrainingPipeline pipeline, ITokenLoss loss)
    {
        (_pipeline, _loss) = (pipeline, loss);
    }

    /// <summary>The loss of a recipe, or null where it is cross entropy.</summary>
    public static CustomLoss? Of(TrainingPipeline pipeline) => pipeline.Loss is { } loss ? new CustomLoss(pipeline, loss) : null;

    /// <summary>Overwrites logits with the gradient of the weighted losses.</summary>
    /// <param name="logits">[rows, vocabulary], fp32 or bf16; rows beyond the targets are filler and get 0.</param>
    /// <param name="targets">The token ids; negative ones are filler at the end.</param>
    /// <param name="weight">The factor of every row's loss in the gradient.</param>
    /// <returns>The sum of the losses, without the factor.</returns>
    /// <exception cref="FineTuneException">FT5030: the user's code threw. FT5031: it did not return a loss a row.</exception>
    public double GradientInPlace(Tensor logits, ReadOnlySpan<int> targets, float weight)
    {
        var rows = targets.IndexOfAnyInRange(int.MinValue, -1) is >= 0 and var filler ? filler : targets.Length;
        using var scope = NewDisposeScope();
        using var gradients = enable_grad();
        var leaf = logits.narrow(0, 0, rows).to(ScalarType.Float32, copy: true).detach().requires_grad_();
        var ids = tensor(targets[..rows].ToArray(), dtype: ScalarType.Int64);
        var losses = UserCode.Call(_pipeline, nameof(TrainingPipeline.Loss), () => _loss.Losses(leaf, ids));
        if (losses.dim() != 1 || losses.shape[0] != rows || !losses.requires_grad)
        {
            var shape = string.Join(", ", losses.shape);
            throw new FineTuneException(
                "FT5031", $"The loss '{_loss.Name}' of the recipe '{_pipeline.Options.Name}' returned [{shape}]{(losses.requires_grad ? "" : " without a gradient")} for {rows} rows of logits. "
                + "Return one loss a row, [rows], computed from the logits: no mean, no sum, no detach.");
        }

        var sum = losses.sum();
        sum.backward();
        using var none = no_grad();
        logits.zero_();
        // Nothing makes a loss depend on the logits.
        if (leaf.grad is { } gradient)
            logits.narrow(0, 0, rows).copy_(gradient.mul_(weight));
        // The user's loss may be in another type than the logits.
        return sum.to(ScalarType.Float64).item<double>();
    }
}
