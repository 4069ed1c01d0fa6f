using FineTune.Adapters;
using FineTune.Tensors;
using static TorchSharp.torch;

namespace FineTune.Models;

/// <summary>A linear layer, <c>y = x Wᵀ + b</c>, to which an adapter may be attached, with its hand-written gradient.</summary>
internal sealed class LinearLayer
{
    /// <param name="path">The module's path, such as <c>model.layers.0.self_attn.q_proj</c>.</param>
    /// <param name="weight">[out, in].</param>
    /// <param name="bias">[out], or null.</param>
    public LinearLayer(string path, Parameter weight, Parameter? bias)
    {
        (Path, Weight, Bias) = (path, weight, bias);
    }

    /// <summary>The module's path.</summary>
    public string Path { get; }

    /// <summary>W [out, in].</summary>
    public Parameter Weight { get; }

    /// <summary>b [out], or null.</summary>
    public Parameter? Bias { get; }

    /// <summary>The adapter, or null; owned by whoever attached it.</summary>
    public LoraAdapter? Adapter { get; set; }

    /// <summary>The forward pass.</summary>
    /// <param name="x">[rows, in].</param>
    /// <param name="residual">[rows, out], to which the result is added; null adds nothing.</param>
    /// <param name="state">Filled for the backward pass, which makes dropout act; null outside of training.</param>
    /// <param name="middle">A(x) [rows, rank] where the layer's group has computed it; null computes it.</param>
    /// <returns>y [rows, out].</returns>
    public Tensor Forward(Tensor x, Tensor? residual = null, LinearState? state = null, Tensor? middle = null)
    {
        using var scope = NewDisposeScope();
        if (Adapter is { Enabled: true, Magnitude: not null } decomposed)
        {
            var dropped = state is not null && decomposed.Dropout > 0 ? DropoutMask(x, decomposed.Dropout) : null;
            return WeightDecomposition.Forward(this, decomposed, x, residual, state, dropped).MoveToOuterDisposeScope();
        }

        var weight = Weight.In(x.dtype).t();
        var y = residual is null ? StepMemory.Product(x, weight) : StepMemory.EmptyLike(residual).copy_(residual).addmm_(x, weight, 1, 1);
        if (Bias is not null)
            y.add_(Bias.In(x.dtype));
        if (Adapter is { Enabled: true } adapter)
        {
            Tensor? mask = null;
            var isShared = middle is not null;
            if (middle is null)
            {
                mask = state is not null && adapter.Dropout > 0 ? DropoutMask(x, adapter.Dropout) : null;
                using (state is null ? null : StepMemory.Kept())
                    middle = StepMemory.Product(mask is null ? x : x * mask, adapter.A.In(x.dtype).t());
            }

            y.addmm_(middle, adapter.B.In(x.dtype).t(), 1, (float)adapter.Scale);
            if (adapter.Bias is not null)
                y.add_(adapter.Bias.In(x.dtype), alpha: adapter.Scale);
            state?.Keep(middle, mask, isShared);
        }

        return y.MoveToOuterDisposeScope();
    }

    /// <summary>The gradient of the input.</summary>
    /// <param name="gradY">[rows, out].</param>
    /// <param name="state">What the forward pass kept.</param>
    /// <param name="addTo">[rows, in], to which it is added in place; null makes a new tensor.</param>
    public Tensor InputGradient(Tensor gradY, LinearState state, Tensor? addTo = null)
    {
        if (state.Norms is not null)
            return WeightDecomposition.InputGradient(this, Adapter!, gradY, state, addTo);
        using var scope = NewDisposeScope();
        var weight = Weight.In(gradY.dtype);
        var gradX = addTo is null ? StepMemory.Product(gradY, weight) : addTo.addmm_(gradY, weight, 1, 1);
        if (state is { Middle: not null, IsShared: false })
        {
            var a = Adapter!.A.In(gradY.dtype);
            if (state.Mask is null)
                gradX.addmm_(GradMiddle(gradY, state), a, 1, 1);
            else
                gradX.add_(mm(GradMiddle(gradY, state), a).mul_(state.Mask));
        }

        return addTo is null ? gradX.MoveToOuterDisposeScope() : gradX;
    }

    /// <summary>Adds to the gradients of what is trained.</summary>
    /// <param name="gradY">[rows, out].</param>
    /// <param name="x">The forward pass's input.</param>
    /// <param name="state">What the forward pass kept.</param>
    public void AddGradients(Tensor gradY, Tensor x, LinearState state)
    {
        using var scope = NewDisposeScope();
        if (Weight.Gradient is { } gradWeight)
            AddProduct(gradWeight, gradY, x, 1);
        if (Bias?.Gradient is { } gradBias)
            gradBias.add_(gradY.sum(0, type: ScalarType.Float32));
        if (state.Middle is null)
            return;
        if (state.Norms is not null)
        {
            WeightDecomposition.AddGradients(this, Adapter!, gradY, x, state);
            return;
        }

        if (Adapter!.Bias?.Gradient is { } gradLoraBias)
            gradLoraBias.add_(gradY.sum(0, type: ScalarType.Float32), alpha: Adapter.Scale);
        if (Adapter.B.Gradient is { } gradB)
            AddProduct(gradB, gradY, state.Middle, (float)Adapter.Scale, narrow: true);
        if (!state.IsShared && Adapter.A.Gradient is { } gradA)
            AddProduct(gradA, GradMiddle(gradY, state), state.Mask is null ? x : x * state.Mask, 1);
    }

    private Tensor GradMiddle(Tensor gradY, LinearState state)
    {
        if (state.GradMiddle is null)
            state.KeepGradient(Adapter!.MiddleGradient(gradY, StepMemory.Empty(gradY.dtype, state.Middle!.shape)));
        return state.GradMiddle!;
    }

    /// <summary>target += factor · leftᵀ right, gathered in fp32.</summary>
    /// <remarks>
    /// Where right is narrow, the transposed product is the faster one in bf16: the smaller of the two is transposed before it is
    /// multiplied. It becomes fp32 before it is added: adding another type and another order of memory at once is slow.
    /// </remarks>
    public static void AddProduct(Tensor target, Tensor left, Tensor right, float factor, bool narrow = false)
    {
        if (left.dtype == ScalarType.Float32)
            target.addmm_(left.t(), right, 1, factor);
        else
            target.add_(narrow ? mm(right.t(), left).to(ScalarType.Float32).t() : mm(left.t(), right), alpha: factor);
    }

    private static Tensor DropoutMask(Tensor x, double probability) => empty_like(x).bernoulli_(1 - probability).div_(1 - probability);
}
