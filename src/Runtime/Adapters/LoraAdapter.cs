using FineTune.Models;

namespace FineTune.Adapters;

/// <summary>The trained factors of one adapted layer: <c>y = W x + scale · B (A (dropout(x)))</c> (Hu et al. 2021).</summary>
internal sealed class LoraAdapter : IDisposable
{
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

    /// <summary>Multiplies the update.</summary>
    public double Scale { get; }

    /// <summary>The probability with which an input of A is dropped in training.</summary>
    public double Dropout { get; set; }

    /// <summary>Whether the layer uses it; off, the layer is the base's.</summary>
    public bool Enabled { get; set; } = true;

    /// <inheritdoc/>
    public void Dispose()
    {
        A.Dispose();
        B.Dispose();
    }
}
