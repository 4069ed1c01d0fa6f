using FineTune.Models;
using FineTune.Tensors;
using static TorchSharp.torch;

namespace FineTune.Training.Optimizers;

/// <summary>Adam (Kingma and Ba 2015), whose weight decay is a part of the gradient: <c>g ← g + λp</c>.</summary>
internal sealed class Adam(IReadOnlyList<ParameterGroup> groups, double beta1, double beta2, double epsilon) : Optimizer(groups)
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, Tensor Value)> NewState(Parameter parameter) =>
        [("exp_avg", zeros_like(parameter.Value)), ("exp_avg_sq", zeros_like(parameter.Value))];

    /// <inheritdoc/>
    protected override void Apply(Tensor weight, Tensor gradient, IReadOnlyDictionary<string, Tensor> state, double rate, double decay)
    {
        if (decay != 0)
            gradient.add_(weight, alpha: decay);
        AdamWUpdate.Apply(weight, gradient, 1, state["exp_avg"], state["exp_avg_sq"], Steps, rate, beta1, beta2, epsilon, weightDecay: 0);
    }
}
