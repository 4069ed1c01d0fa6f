using FineTune.Models;
using static TorchSharp.torch;

namespace FineTune.Training.Optimizers;

/// <summary>
/// Lion (Chen et al. 2023): <c>p ← p(1 − ηλ) − η sign(β₁m + (1 − β₁)g)</c>, then <c>m ← β₂m + (1 − β₂)g</c>.
/// </summary>
internal sealed class Lion(IReadOnlyList<ParameterGroup> groups, double beta1, double beta2) : Optimizer(groups)
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, Tensor Value)> NewState(Parameter parameter) => [("exp_avg", zeros_like(parameter.Value))];

    /// <inheritdoc/>
    protected override void Apply(Tensor weight, Tensor gradient, IReadOnlyDictionary<string, Tensor> state, double rate, double decay)
    {
        var mean = state["exp_avg"];
        weight.mul_(1 - rate * decay);
        weight.add_(mean.mul(beta1).add_(gradient, alpha: 1 - beta1).sign_(), alpha: -rate);
        mean.mul_(beta2).add_(gradient, alpha: 1 - beta2);
    }
}
