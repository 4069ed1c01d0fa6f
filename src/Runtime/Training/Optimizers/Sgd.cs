using FineTune.Models;
using static TorchSharp.torch;

namespace FineTune.Training.Optimizers;

/// <summary>
/// Stochastic gradient descent with momentum as PyTorch has it: <c>b ← g</c> at first, then <c>b ← μb + (1 − dampening)g</c>;
/// <c>p ← p − ηb</c>, with Nesterov <c>p − η(g + μb)</c>.
/// </summary>
internal sealed class Sgd(IReadOnlyList<ParameterGroup> groups, double momentum, double dampening, bool nesterov) : Optimizer(groups)
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, Tensor Value)> NewState(Parameter parameter) =>
        momentum == 0 ? [] : [("momentum_buffer", zeros_like(parameter.Value))];

    /// <inheritdoc/>
    protected override void Apply(Tensor weight, Tensor gradient, IReadOnlyDictionary<string, Tensor> state, double rate, double decay)
    {
        if (decay != 0)
            gradient.add_(weight, alpha: decay);
        if (momentum != 0)
        {
            var buffer = state["momentum_buffer"];
            if (Steps == 1)
                buffer.copy_(gradient);
            else
                buffer.mul_(momentum).add_(gradient, alpha: 1 - dampening);
            if (nesterov)
                gradient.add_(buffer, alpha: momentum);
            else
                gradient.copy_(buffer);
        }

        weight.add_(gradient, alpha: -rate);
    }
}
