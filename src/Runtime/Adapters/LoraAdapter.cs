using FineTune.Models;
using static TorchSharp.torch;

namespace FineTune.Adapters;

/// <summary>
/// The trained factors of one adapted layer: <c>y = W x + scale · B (A (dropout(x)))</c> (Hu et al. 2021). On an embedding A's columns
/// belong to the tokens, and the update of its weight is the product transposed.
/// </summary>
internal sealed class LoraAdapter : IDisposable
{
    private Tensor? _baseSquares;

    /// <param name="a">A [rank, in].</param>
    /// <param name="b">B [out, rank].</param>
    /// <param name="scale">alpha / rank, or alpha / √rank.</param>
    /// <param name="dropout">The probability with which an input of A is dropped in training.</param>
    public LoraAdapter(Parameter a, Parameter b, double scale, double dropout)
    {
        (A, B, Scale, Dropout) = (a, b, scale, dropout);
    }

    /// <summary>A [rank, in].</summary>
    public Parameter A { get; }

    /// <summary>B [out, rank].</summary>
    public Parameter B { get; }

    /// <summary>B's bias [out], scaled as the update is; null without <c>lora_bias</c>.</summary>
    public Parameter? Bias { get; init; }

    /// <summary>DoRA's magnitudes [out]; null without.</summary>
    public Parameter? Magnitude { get; init; }

    /// <summary>Whether it is on an embedding.</summary>
    public bool OnEmbedding { get; init; }

    /// <summary>Multiplies the update.</summary>
    public double Scale { get; }

    /// <summary>The probability with which an input of A is dropped in training.</summary>
    public double Dropout { get; set; }

    /// <summary>Whether the layer uses it; off, the layer is the base's.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>All that is trained.</summary>
    public IEnumerable<Parameter> Parameters => new[] { A, B, Bias, Magnitude }.OfType<Parameter>();

    /// <summary>The weight with the update in it, before rounding, fp32.</summary>
    /// <param name="weight">The base weight: of a linear layer [out, in], of an embedding [tokens, hidden].</param>
    public Tensor Merged(Tensor weight)
    {
        using var none = no_grad();
        using var scope = NewDisposeScope();
        var update = mm(B.Value, A.Value) * Scale;
        if (OnEmbedding)
            update = update.t();
        // The update is rounded to the weight's type before it is added, as PEFT does it, so that merged weights are the same.
        var merged = weight.to(ScalarType.Float32) + update.to(weight.dtype).to(ScalarType.Float32);
        if (Magnitude is not null)
        {
            var norm = merged.norm(OnEmbedding ? 0 : 1, keepdim: true);
            merged = merged * (Magnitude.Value.view(OnEmbedding ? [1, -1] : [-1, 1]) / norm);
        }

        return merged.MoveToOuterDisposeScope();
    }

    /// <summary>The gradient of what A gives, <c>scale · gradY B</c>.</summary>
    /// <param name="gradY">[rows, out].</param>
    /// <param name="target">[rows, rank]; overwritten.</param>
    /// <returns><paramref name="target"/>.</returns>
    public Tensor MiddleGradient(Tensor gradY, Tensor target)
    {
        using var b = B.In(gradY.dtype);
        // With beta 0 what was in the memory does not count, not even a NaN.
        return target.addmm_(gradY, b, 0, (float)Scale);
    }

    /// <summary>The squared norms of the base weight's rows; the same weight is expected each time.</summary>
    public Tensor BaseSquares(Tensor weight) => _baseSquares ??= weight.square().sum(dim: 1).DetachFromDisposeScope();

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var parameter in Parameters)
            parameter.Dispose();
        _baseSquares?.Dispose();
    }
}
