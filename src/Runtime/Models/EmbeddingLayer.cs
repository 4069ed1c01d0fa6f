using FineTune.Adapters;
using FineTune.Tensors;
using static TorchSharp.torch;

namespace FineTune.Models;

/// <summary>The token embedding, <c>h = E[token]</c>, to which an adapter may be attached, with its hand-written gradient.</summary>
internal sealed class EmbeddingLayer
{
    /// <param name="path">The module's path.</param>
    /// <param name="weight">[vocabulary, hidden].</param>
    public EmbeddingLayer(string path, Parameter weight)
    {
        (Path, Weight) = (path, weight);
    }

    /// <summary>The module's path.</summary>
    public string Path { get; }

    /// <summary>E [vocabulary, hidden].</summary>
    public Parameter Weight { get; }

    /// <summary>The adapter, A [rank, vocabulary] and B [hidden, rank], or null; owned by whoever attached it.</summary>
    public LoraAdapter? Adapter { get; set; }

    /// <summary>Whether training changes the embeddings.</summary>
    public bool IsTrained => Weight.IsTrained || Adapter is { Enabled: true };

    /// <summary>The embeddings of tokens, [tokens, hidden].</summary>
    /// <param name="tokens">Their ids.</param>
    /// <param name="type">The type of the result.</param>
    public Tensor Forward(ReadOnlySpan<int> tokens, ScalarType type)
    {
        var hidden = RowGather.Take(Weight.Value, tokens, type);
        if (Adapter is not { Enabled: true } adapter)
            return hidden;
        using var scope = NewDisposeScope();
        var update = mm(Middle(adapter, tokens), adapter.B.Value.t()).mul_(adapter.Scale);
        if (adapter.Magnitude is not null)
            hidden.copy_((hidden.to(ScalarType.Float32) + update).mul_(adapter.Magnitude.Value / Norm(adapter)));
        else
            hidden.add_(update.to(type));
        return hidden;
    }

    /// <summary>Adds to the gradients of what is trained.</summary>
    /// <param name="tokens">The forward pass's tokens.</param>
    /// <param name="gradient">[tokens, hidden].</param>
    public void AddGradients(ReadOnlySpan<int> tokens, Tensor gradient)
    {
        if (Weight.Gradient is { } whole)
            RowGather.Add(whole, tokens, gradient);
        if (Adapter is not { Enabled: true } adapter)
            return;
        using var scope = NewDisposeScope();
        var (middle, wide) = (Middle(adapter, tokens), gradient.to(ScalarType.Float32));
        if (adapter.Magnitude is { } magnitude)
        {
            var norm = Norm(adapter);
            var unscaled = RowGather.Take(Weight.Value, tokens, ScalarType.Float32) + mm(middle, adapter.B.Value.t()).mul_(adapter.Scale);
            magnitude.Gradient!.add_((wide * unscaled).sum(dim: 0).div_(norm));
            wide = wide * (magnitude.Value / norm);
        }

        adapter.B.Gradient!.addmm_(wide.t(), middle, 1, (float)adapter.Scale);
        var columns = mm(wide, adapter.B.Value).mul_(adapter.Scale).t();
        adapter.A.Gradient!.index_add_(1, tensor(tokens.ToArray(), dtype: ScalarType.Int64), columns, 1);
    }

    // The columns of A that belong to the tokens, [tokens, rank].
    private static Tensor Middle(LoraAdapter adapter, ReadOnlySpan<int> tokens) =>
        adapter.A.Value.index_select(1, tensor(tokens.ToArray(), dtype: ScalarType.Int64)).t();

    private Tensor Norm(LoraAdapter adapter) => WeightDecomposition.RowNorms(Weight.Value.t(), adapter);
}
