using static TorchSharp.torch;

namespace FineTune.Models;

/// <summary>
/// A weight of a model under the name that it has on disk. A frozen one is kept as it is stored; a trained one is kept in
/// fp32, with a gradient beside it and, where products run in bf16, a rounded copy that they read.
/// </summary>
internal sealed class Parameter : IDisposable
{
    private Tensor _value;
    private Tensor? _gradient;
    private Tensor? _rounded;

    /// <param name="name">The name on disk.</param>
    /// <param name="value">The weight; owned from now on.</param>
    public Parameter(string name, Tensor value)
    {
        Name = name;
        _value = value.DetachFromDisposeScope();
    }

    /// <summary>The name on disk.</summary>
    public string Name { get; }

    /// <summary>
    /// Another weight that everything reads in this one's place, of the same shape: the copy that an adapter trains of a module.
    /// Not owned; null without one.
    /// </summary>
    public Parameter? Substitute { get; set; }

    /// <summary>The weight.</summary>
    public Tensor Value => Substitute is null ? _value : Substitute.Value;

    /// <summary>The gradient, fp32, gathered over micro-batches; null while frozen.</summary>
    public Tensor? Gradient => Substitute is null ? _gradient : Substitute.Gradient;

    /// <summary>Whether training changes it.</summary>
    public bool IsTrained => Gradient is not null;

    /// <summary>The number of elements.</summary>
    public long Count => Value.numel();

    /// <summary>Makes it trainable: the value becomes fp32, the gradient 0.</summary>
    public void Train()
    {
        if (_gradient is not null)
            return;
        if (_value.dtype != ScalarType.Float32)
        {
            using var stored = _value;
            _value = stored.to(ScalarType.Float32).DetachFromDisposeScope();
        }

        _gradient = zeros_like(_value).DetachFromDisposeScope();
    }

    /// <summary>
    /// The weight in the type that products run in; a new tensor in the current scope, or an alias. Frozen weights of another
    /// type are converted at each use, so that the second type costs time and not memory.
    /// </summary>
    public Tensor In(ScalarType type)
    {
        if (Substitute is not null)
            return Substitute.In(type);
        if (_value.dtype == type)
            return _value.alias();
        if (_gradient is null)
            return _value.to(type);
        _rounded ??= _value.to(type).DetachFromDisposeScope();
        return _rounded.alias();
    }

    /// <summary>Must be called when <see cref="Value"/> was changed in place.</summary>
    public void Changed()
    {
        if (_rounded is null)
            return;
        using var none = no_grad();
        _rounded.copy_(_value);
    }

    /// <summary>Replaces the value, of the same shape, by another.</summary>
    public void Replace(Tensor value)
    {
        _value.Dispose();
        _value = value.DetachFromDisposeScope();
        Changed();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _value.Dispose();
        _gradient?.Dispose();
        _rounded?.Dispose();
    }
}
