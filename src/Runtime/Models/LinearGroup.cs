using FineTune.Adapters;
using FineTune.Tensors;
using static TorchSharp.torch;

namespace FineTune.Models;

/// <summary>
/// Linear layers that read the same input. The A of their adapters is one product for all, as are its gradient and the adapters'
/// part of the input's gradient: products with a matrix of few rows are far from the rate of wide ones, and each reads the input anew.
/// </summary>
/// <remarks>
/// Two or more plain adapters of any ranks share their products. One with dropout has an input of its own in training, and DoRA's
/// has products of its own (<see cref="WeightDecomposition"/>): such layers compute theirs themselves.
/// </remarks>
internal sealed class LinearGroup(params LinearLayer[] layers)
{
    /// <summary>The layers.</summary>
    public IReadOnlyList<LinearLayer> Layers => layers;

    /// <summary>The forward pass.</summary>
    /// <param name="x">[rows, in].</param>
    /// <param name="state">Filled for the backward pass; null outside of training.</param>
    /// <returns>The outputs of the layers, [rows, out] each.</returns>
    public Tensor[] Forward(Tensor x, LinearGroupState? state = null)
    {
        using var scope = NewDisposeScope();
        var shared = Shared(training: state is not null);
        state?.Share(shared);
        var middles = new Tensor?[layers.Length];
        if (shared.Length > 0)
        {
            Tensor middle;
            using (state is null ? null : StepMemory.Kept())
                middle = StepMemory.Product(x, StackedA(shared, x.dtype).t());
            foreach (var (layer, columns) in Columns(shared, middle))
                middles[layer] = columns;
        }

        return [.. layers.Select((layer, i) => layer.Forward(x, state: state?.Layers[i], middle: middles[i]).MoveToOuterDisposeScope())];
    }

    /// <summary>Adds to the gradients of what is trained.</summary>
    /// <param name="gradYs">The gradients of the outputs, [rows, out] each.</param>
    /// <param name="x">The forward pass's input.</param>
    /// <param name="state">What the forward pass kept.</param>
    public void AddGradients(Tensor[] gradYs, Tensor x, LinearGroupState state)
    {
        using var scope = NewDisposeScope();
        for (var i = 0; i < layers.Length; i++)
            layers[i].AddGradients(gradYs[i], x, state.Layers[i]);
        if (state.Shared.Count == 0)
            return;
        var gradA = mm(GradMiddle(gradYs, state).t(), x); // [ranks, in]
        long first = 0;
        foreach (var layer in state.Shared)
        {
            var a = layers[layer].Adapter!.A;
            a.Gradient?.add_(gradA.narrow(0, first, a.Value.shape[0]));
            first += a.Value.shape[0];
        }
    }

    /// <summary>The gradient of the input, [rows, in].</summary>
    /// <param name="gradYs">The gradients of the outputs.</param>
    /// <param name="state">What the forward pass kept.</param>
    public Tensor InputGradient(Tensor[] gradYs, LinearGroupState state)
    {
        using var scope = NewDisposeScope();
        var gradX = layers[0].InputGradient(gradYs[0], state.Layers[0]);
        for (var i = 1; i < layers.Length; i++)
            layers[i].InputGradient(gradYs[i], state.Layers[i], addTo: gradX);
        if (state.Shared.Count > 0)
            gradX.addmm_(GradMiddle(gradYs, state), StackedA(state.Shared, gradX.dtype), 1, 1);
        return gradX.MoveToOuterDisposeScope();
    }

    // The layers whose adapters share their products.
    private int[] Shared(bool training)
    {
        int[] shared = [.. Enumerable.Range(0, layers.Length).Where(i => layers[i].Adapter is { Enabled: true, Magnitude: null } adapter && !(training && adapter.Dropout > 0))];
        return shared.Length > 1 ? shared : [];
    }

    // The A of all below each other, [ranks, in].
    private Tensor StackedA(IReadOnlyList<int> shared, ScalarType type) => cat([.. shared.Select(layer => layers[layer].Adapter!.A.In(type))], 0);

    private Tensor GradMiddle(Tensor[] gradYs, LinearGroupState state)
    {
        if (state.GradMiddle is null)
        {
            var rank = state.Shared.Sum(layer => layers[layer].Adapter!.A.Value.shape[0]);
            var whole = StepMemory.Empty(gradYs[0].dtype, gradYs[0].shape[0], rank);
            foreach (var (layer, columns) in Columns(state.Shared, whole))
                layers[layer].Adapter!.MiddleGradient(gradYs[layer], columns);
            state.KeepGradient(whole);
        }

        return state.GradMiddle!;
    }

    // The columns [rows, rank] of each layer in [rows, ranks].
    private IEnumerable<(int Layer, Tensor Columns)> Columns(IReadOnlyList<int> shared, Tensor whole)
    {
        long first = 0;
        foreach (var layer in shared)
        {
            var rank = layers[layer].Adapter!.A.Value.shape[0];
            yield return (layer, whole.narrow(1, first, rank));
            first += rank;
        }
    }
}
