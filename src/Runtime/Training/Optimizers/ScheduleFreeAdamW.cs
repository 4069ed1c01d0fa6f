using FineTune.Models;
using static TorchSharp.torch;

namespace FineTune.Training.Optimizers;

/// <summary>
/// Schedule-free AdamW (Defazio et al. 2024): gradients are taken at y, between z, which AdamW moves, and x, the average of z, which is
/// the result: <c>x = y + (1 − 1/β₁)(z − y)</c>.
/// </summary>
internal sealed class ScheduleFreeAdamW(
    IReadOnlyList<ParameterGroup> groups, double beta1, double beta2, double epsilon, int warmupSteps = 0, double r = 0, double weightPower = 2) : Optimizer(groups)
{
    // The sum of the steps' weights, and the largest rate so far.
    private readonly Tensor _sums = zeros(2, dtype: ScalarType.Float64).DetachFromDisposeScope();
    private double _share;

    /// <inheritdoc/>
    protected override IEnumerable<KeyValuePair<string, Tensor>> CommonState => [KeyValuePair.Create("schedule_free.sums", _sums)];

    /// <inheritdoc/>
    public override IReadOnlyList<(Parameter Parameter, Tensor Value)> EvaluationWeights()
    {
        using var none = no_grad();
        return [.. Slots.Select(slot => (slot.Parameter, slot.Parameter.Value.lerp(slot.State["z"], 1 - 1 / beta1)))];
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _sums.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override IEnumerable<(string Name, Tensor Value)> NewState(Parameter parameter) =>
        [("z", parameter.Value.clone()), ("exp_avg_sq", zeros_like(parameter.Value))];

    /// <inheritdoc/>
    protected override void Begin(double learningRate)
    {
        var largest = Math.Max(_sums[1].item<double>(), learningRate * Warmup);
        // Groups differ by a constant factor, which the share does not see.
        var weight = Math.Pow(Steps, r) * Math.Pow(largest, weightPower);
        var sum = _sums[0].item<double>() + weight;
        _share = sum == 0 ? 0 : weight / sum;
        _sums[0] = sum;
        _sums[1] = largest;
    }

    /// <inheritdoc/>
    protected override void Apply(Tensor weight, Tensor gradient, IReadOnlyDictionary<string, Tensor> state, double rate, double decay)
    {
        var (z, second) = (state["z"], state["exp_avg_sq"]);
        rate *= Warmup;
        second.mul_(beta2).addcmul_(gradient, gradient, 1 - beta2);
        var direction = gradient.div(second.div(1 - Math.Pow(beta2, Steps)).sqrt_().add_(epsilon));
        if (decay != 0)
            direction.add_(weight, alpha: decay);
        weight.lerp_(z, _share).add_(direction, alpha: rate * (beta1 * (1 - _share) - 1));
        z.add_(direction, alpha: -rate);
    }

    private double Warmup => warmupSteps == 0 ? 1 : Math.Min(1, (double)Steps / warmupSteps);
}
