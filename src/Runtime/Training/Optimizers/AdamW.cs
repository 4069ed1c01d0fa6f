using FineTune.Models;
using FineTune.Tensors;
using static TorchSharp.torch;

namespace FineTune.Training.Optimizers;

/// <summary>AdamW (Loshchilov and Hutter 2019): Adam with decoupled weight decay.</summary>
internal sealed class AdamW(IReadOnlyList<ParameterGroup> groups, double beta1, double beta2, double epsilon) : Optimizer(groups)
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, Tensor Value)> NewState(Parameter parameter) =>
        [("exp_avg", zeros_like(parameter.Value)), ("exp_avg_sq", zeros_like(parameter.Value))];

    /// <inheritdoc/>
    protected override void Update(Slot slot, double rate, double gradientScale) => AdamWUpdate.Apply(
        slot.Parameter.Value, slot.Parameter.Gradient!, gradientScale, slot.State["exp_avg"], slot.State["exp_avg_sq"], Steps, rate, beta1, beta2, epsilon,
        slot.Group.WeightDecay);

    /// <inheritdoc/>
    protected override void Apply(Tensor weight, Tensor gradient, IReadOnlyDictionary<string, Tensor> state, double rate, double decay) =>
        AdamWUpdate.Apply(weight, gradient, 1, state["exp_avg"], state["exp_avg_sq"], Steps, rate, beta1, beta2, epsilon, decay);
}
