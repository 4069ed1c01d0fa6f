using static TorchSharp.torch;

namespace FineTune.Models;

/// <summary>What the backward pass of a group of linear layers needs besides its input.</summary>
/// <param name="layers">The number of layers.</param>
internal sealed class LinearGroupState(int layers) : IDisposable
{
    /// <summary>What each layer needs.</summary>
    public IReadOnlyList<LinearState> Layers { get; } = [.. Enumerable.Range(0, layers).Select(_ => new LinearState())];

    /// <summary>The layers whose adapters share their products with A.</summary>
    public IReadOnlyList<int> Shared { get; private set; } = [];

    /// <summary>The gradient of what A gives, [rows, ranks] of those layers, once computed.</summary>
    public Tensor? GradMiddle { get; private set; }

    public void Share(IReadOnlyList<int> shared) => Shared = shared;

    public void KeepGradient(Tensor gradMiddle) => GradMiddle = gradMiddle.DetachFromDisposeScope();

    public void Dispose()
    {
        foreach (var layer in Layers)
            layer.Dispose();
        GradMiddle?.Dispose();
    }
}
