using FineTune.Models;
using static TorchSharp.torch;

namespace FineTune.Training.Optimizers;

/// <summary>
/// Adafactor (Shazeer and Stern 2018) as transformers has it: of a matrix's second moment only the means of rows and columns are
/// kept, and the update's root mean square is clipped.
/// </summary>
internal sealed class Adafactor(IReadOnlyList<ParameterGroup> groups, AdafactorSettings settings) : Optimizer(groups)
{
    /// <inheritdoc/>
    public override bool OwnRates => settings.RelativeStep;

    /// <inheritdoc/>
    protected override IEnumerable<(string Name, Tensor Value)> NewState(Parameter parameter)
    {
        var weight = parameter.Value;
        if (weight.dim() >= 2)
        {
            yield return ("exp_avg_sq_row", zeros(weight.shape[..^1]));
            yield return ("exp_avg_sq_col", zeros([.. weight.shape[..^2], weight.shape[^1]]));
        }
        else
        {
            yield return ("exp_avg_sq", zeros_like(weight));
        }

        if (settings.Beta1 is not null)
            yield return ("exp_avg", zeros_like(weight));
    }

    /// <inheritdoc/>
    protected override void Apply(Tensor weight, Tensor gradient, IReadOnlyDictionary<string, Tensor> state, double rate, double decay)
    {
        var beta2 = 1 - Math.Pow(Steps, settings.DecayRate);
        var squared = gradient.square().add_(settings.SquareEpsilon);
        Tensor update;
        if (state.TryGetValue("exp_avg_sq_row", out var rows))
        {
            var columns = state["exp_avg_sq_col"];
            rows.mul_(beta2).add_(squared.mean([-1]), alpha: 1 - beta2);
            columns.mul_(beta2).add_(squared.mean([-2]), alpha: 1 - beta2);
            update = (rows / rows.mean([-1], keepdim: true)).rsqrt_().unsqueeze(-1) * columns.unsqueeze(-2).rsqrt() * gradient;
        }
        else
        {
            var second = state["exp_avg_sq"];
            second.mul_(beta2).add_(squared, alpha: 1 - beta2);
            update = second.rsqrt().mul_(gradient);
        }

        update.div_(Math.Max(1, RootMeanSquare(update) / settings.ClipThreshold));
        rate = Rate(rate, weight);
        update.mul_(rate);
        if (settings.Beta1 is { } beta1)
            update = state["exp_avg"].mul_(beta1).add_(update, alpha: 1 - beta1);
        if (decay != 0)
            weight.mul_(1 - decay * rate);
        weight.sub_(update);
    }

    private double Rate(double scheduled, Tensor weight)
    {
        if (settings.RelativeStep)
            scheduled = Math.Min(settings.WarmupInit ? 1e-6 * Steps : 1e-2, 1 / Math.Sqrt(Steps));
        return settings.ScaleParameter ? scheduled * Math.Max(settings.ScaleEpsilon, RootMeanSquare(weight)) : scheduled;
    }

    private static double RootMeanSquare(Tensor tensor) => tensor.norm().item<float>() / Math.Sqrt(tensor.numel());
}
