using static TorchSharp.torch;

namespace FineTune.Models;

/// <summary>What a linear layer's backward pass needs besides its input.</summary>
internal sealed class LinearState : IDisposable
{
    /// <summary>The adapter's A(x), [rows, rank]; null without an adapter.</summary>
    public Tensor? Middle { get; private set; }

    /// <summary>The dropout mask with its factor, of x's shape; null without dropout.</summary>
    public Tensor? Mask { get; private set; }

    /// <summary>Whether the products with A are those of the layer's group (<see cref="LinearGroup"/>).</summary>
    public bool IsShared { get; private set; }

    /// <summary>The gradient of <see cref="Middle"/>, once computed; null where it is the group's.</summary>
    public Tensor? GradMiddle { get; private set; }

    /// <summary>The norms of the adapted weight's rows; null without a magnitude.</summary>
    public Tensor? Norms { get; private set; }

    public void KeepNorms(Tensor norms) => Norms = norms.DetachFromDisposeScope();

    public void Keep(Tensor middle, Tensor? mask, bool isShared = false) =>
        (Middle, Mask, IsShared) = (middle.DetachFromDisposeScope(), mask?.DetachFromDisposeScope(), isShared);

    public void KeepGradient(Tensor gradMiddle) => GradMiddle = gradMiddle.DetachFromDisposeScope();

    public void Dispose()
    {
        Middle?.Dispose();
        Mask?.Dispose();
        GradMiddle?.Dispose();
        Norms?.Dispose();
    }
}
