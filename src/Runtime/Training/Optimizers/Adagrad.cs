using FineTune.Models;
using static TorchSharp.torch;

namespace FineTune.Training.Optimizers;

/// <summary>
/// Adagrad (Duchi et al. 2011) as PyTorch has it: <c>s ← s + g²</c>; <c>p ← p − η/(1 + (t − 1)·lr_decay) · g/(√s + ε)</c>.
/// </summary>
internal sealed class Adagrad(IReadOnlyList<ParameterGroup> groups, double learningRateDecay, double initialAccumulator, double epsilon) : Optimizer(groups)
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, Tensor Value)> NewState(Parameter parameter) =>
        [("sum", full_like(parameter.Value, initialAccumulator))];

    /// <inheritdoc/>
    protected override void Apply(Tensor weight, Tensor gradient, IReadOnlyDictionary<string, Tensor> state, double rate, double decay)
    {
        if (decay != 0)
            gradient.add_(weight, alpha: decay);
        var sum = state["sum"];
        sum.addcmul_(gradient, gradient, 1);
        weight.add_(gradient.div(sum.sqrt().add_(epsilon)), alpha: -rate / (1 + (Steps - 1) * learningRateDecay));
    }
}
