using FineTune.Models;
using static TorchSharp.torch;

namespace FineTune.Training.Optimizers;

/// <summary>
/// RMSprop (Hinton 2012) as PyTorch has it: <c>v ← αv + (1 − α)g²</c>, centered <c>v − a²</c> with the mean gradient a;
/// <c>b ← μb + g/(√v + ε)</c>; <c>p ← p − ηb</c>.
/// </summary>
internal sealed class RmsProp(IReadOnlyList<ParameterGroup> groups, double smoothing, double epsilon, double momentum, bool centered) : Optimizer(groups)
{
    /// <summary>α where a recipe does not say otherwise.</summary>
    public const double DefaultSmoothing = 0.99;

    /// <inheritdoc/>
    protected override IEnumerable<(string Name, Tensor Value)> NewState(Parameter parameter)
    {
        yield return ("square_avg", zeros_like(parameter.Value));
        if (centered)
            yield return ("grad_avg", zeros_like(parameter.Value));
        if (momentum != 0)
            yield return ("momentum_buffer", zeros_like(parameter.Value));
    }

    /// <inheritdoc/>
    protected override void Apply(Tensor weight, Tensor gradient, IReadOnlyDictionary<string, Tensor> state, double rate, double decay)
    {
        if (decay != 0)
            gradient.add_(weight, alpha: decay);
        var square = state["square_avg"];
        square.mul_(smoothing).addcmul_(gradient, gradient, 1 - smoothing);
        var variance = square;
        if (centered)
        {
            var mean = state["grad_avg"];
            mean.mul_(smoothing).add_(gradient, alpha: 1 - smoothing);
            variance = square.addcmul(mean, mean, -1);
        }

        var direction = gradient.div(variance.sqrt().add_(epsilon));
        if (momentum != 0)
            direction = state["momentum_buffer"].mul_(momentum).add_(direction);
        weight.add_(direction, alpha: -rate);
    }
}
