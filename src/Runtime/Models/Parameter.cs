using static TorchSharp.torch;

namespace FineTune.Models;

/// <summary>
/// A weight of a model under the name that it has on disk. A frozen one is kept as it is stored; a trained one is kept in
/// fp32, with a gradient beside it and, where products run in bf16, a rounded copy that they read.
/// </summary>
internal sealed class Parameter : IDisposable
{
    private Tensor? _rounded;

    /// <param name="name">The name on disk.</param>
    /// <param name="value">The weight; owned from now on.</param>
    public Parameter(string name, Tensor value)
    {
        Name = name;
        Value = value.DetachFromDisposeScope();
    }

    /// <summary>The name on disk.</summary>
    public string Name { get; }

    /// <summary>The weight.</summary>
    public Tensor Value { get; private set; }

    /// <summary>The gradient, fp32, gathered over micro-batches; null while frozen.</summary>
    public Tensor? Gradient { get; private set; }

    /// <summary>Whether training changes it.</summary>
    public bool IsTrained => Gradient is not null;

    /// <summary>The number of elements.</summary>
    public long Count => Value.numel();

    /// <summary>Makes it trainable: the value becomes fp32, the gradient 0.</summary>
    public void Train()
    {
        if (IsTrained)
            return;
        if (Value.dtype != ScalarType.Float32)
        {
            using var stored = Value;
            Value = stored.to(ScalarType.Float32).DetachFromDisposeScope();
        }

        Gradient = zeros_like(Value).DetachFromDisposeScope();
    }

    /// <summary>
    /// The weight in the type that products run in; a new tensor in the current scope, or an alias. Frozen weights of another
    /// type are converted at each use, so that the second type costs time and not memory.
    /// </summary>
    public Tensor In(ScalarType type)
    {
        if (Value.dtype == type)
            return Value.alias();
        if (!IsTrained)
            return Value.to(type);
        _rounded ??= Value.to(type).DetachFromDisposeScope();
        return _rounded.alias();
    }

    /// <summary>Must be called when <see cref="Value"/> was changed in place.</summary>
    public void Changed()
    {
        if (_rounded is null)
            return;
        using var none = no_grad();
        _rounded.copy_(Value);
    }

    /// <summary>Replaces the value, of the same shape, by another.</summary>
    public void Replace(Tensor value)
    {
        Value.Dispose();
        Value = value.DetachFromDisposeScope();
        Changed();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Value.Dispose();
        Gradient?.Dispose();
        _rounded?.Dispose();
    }
}
