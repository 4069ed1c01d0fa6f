using FineTune.Models;
using FineTune.Tensors;
using static TorchSharp.torch;

namespace FineTune.Adapters;

/// <summary>
/// DoRA (Liu et al. 2024) on a linear layer: <c>y = g ∘ (W x + scale · B A x) + b</c> with <c>g = m / ‖W + scale · B A‖</c> for each
/// output row, the norm a constant for the gradient. With dropout, as PEFT has it, <c>y = W x + (g − 1) ∘ W x̃ + g ∘ scale · B A x̃ + b</c>.
/// </summary>
internal static class WeightDecomposition
{
    /// <summary>The forward pass; see <see cref="LinearLayer.Forward"/>.</summary>
    public static Tensor Forward(LinearLayer layer, LoraAdapter adapter, Tensor x, Tensor? residual, LinearState? state, Tensor? mask)
    {
        using var scope = NewDisposeScope();
        var weight = layer.Weight.In(x.dtype).t();
        var norms = RowNorms(layer.Weight.Value, adapter);
        var gain = (adapter.Magnitude!.Value / norms).to(x.dtype);
        var dropped = mask is null ? x : x * mask;
        Tensor middle;
        using (state is null ? null : StepMemory.Kept())
            middle = StepMemory.Product(dropped, adapter.A.In(x.dtype).t());
        var y = StepMemory.Product(dropped, weight);
        var plain = mask is null ? null : y.clone();
        y.addmm_(middle, adapter.B.In(x.dtype).t(), 1, (float)adapter.Scale).mul_(gain);
        if (plain is not null)
            y.sub_(plain).addmm_(x, weight, 1, 1);
        if (layer.Bias is not null)
            y.add_(layer.Bias.In(x.dtype));
        if (residual is not null)
            y.add_(residual);
        state?.Keep(middle, mask);
        state?.KeepNorms(norms);
        return y.MoveToOuterDisposeScope();
    }

    /// <summary>The gradient of the input; see <see cref="LinearLayer.InputGradient"/>.</summary>
    public static Tensor InputGradient(LinearLayer layer, LoraAdapter adapter, Tensor gradY, LinearState state, Tensor? addTo)
    {
        using var scope = NewDisposeScope();
        var weight = layer.Weight.In(gradY.dtype);
        var scaled = gradY * Gain(adapter, state, gradY.dtype);
        Tensor inner;
        if (state.Mask is null)
            inner = StepMemory.Product(scaled, weight);
        else
            inner = StepMemory.Product(scaled - gradY, weight);
        inner.addmm_(GradMiddle(adapter, scaled, state), adapter.A.In(gradY.dtype), 1, 1);
        if (state.Mask is not null)
            inner.mul_(state.Mask).addmm_(gradY, weight, 1, 1);
        return addTo is null ? inner.MoveToOuterDisposeScope() : addTo.add_(inner);
    }

    /// <summary>Adds to the gradients of the factors and the magnitude; see <see cref="LinearLayer.AddGradients"/>.</summary>
    public static void AddGradients(LinearLayer layer, LoraAdapter adapter, Tensor gradY, Tensor x, LinearState state)
    {
        using var scope = NewDisposeScope();
        var dropped = state.Mask is null ? x : x * state.Mask;
        // W x̃ + scale · B A x̃ again: keeping it would cost an output's memory for each layer.
        var unscaled = StepMemory.Product(dropped, layer.Weight.In(x.dtype).t());
        unscaled.addmm_(state.Middle!, adapter.B.In(x.dtype).t(), 1, (float)adapter.Scale);
        adapter.Magnitude!.Gradient!.add_((gradY * unscaled).sum(dim: 0, type: ScalarType.Float32).div_(state.Norms!));
        var scaled = gradY * Gain(adapter, state, gradY.dtype);
        LinearLayer.AddProduct(adapter.B.Gradient!, scaled, state.Middle!, (float)adapter.Scale, narrow: true);
        LinearLayer.AddProduct(adapter.A.Gradient!, GradMiddle(adapter, scaled, state), dropped, 1);
    }

    /// <summary>
    /// ‖W + scale · B A‖ of each row, fp32, from <c>‖W‖² + 2 · scale · ⟨W Aᵀ, B⟩ + scale² · ⟨B (A Aᵀ), B⟩</c>: the sum itself, as
    /// large as W, is never made.
    /// </summary>
    /// <param name="weight">W [rows, columns].</param>
    /// <param name="adapter">A [rank, columns] and B [rows, rank].</param>
    public static Tensor RowNorms(Tensor weight, LoraAdapter adapter)
    {
        using var scope = NewDisposeScope();
        var (a, b, s) = (adapter.A.Value, adapter.B.Value, adapter.Scale);
        var wide = weight.to(ScalarType.Float32);
        var cross = (mm(wide, a.t()) * b).sum(dim: 1);
        var square = (mm(b, mm(a, a.t())) * b).sum(dim: 1);
        return adapter.BaseSquares(wide).add(cross, alpha: 2 * s).add_(square, alpha: s * s).sqrt_().MoveToOuterDisposeScope();
    }

    private static Tensor Gain(LoraAdapter adapter, LinearState state, ScalarType type) => (adapter.Magnitude!.Value / state.Norms!).to(type);

    private static Tensor GradMiddle(LoraAdapter adapter, Tensor scaled, LinearState state)
    {
        if (state.GradMiddle is null)
            state.KeepGradient(adapter.MiddleGradient(scaled, StepMemory.Empty(scaled.dtype, state.Middle!.shape)));
        return state.GradMiddle!;
    }
}
