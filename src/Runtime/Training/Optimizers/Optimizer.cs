using FineTune.Models;
using FineTune.Tensors;
using static TorchSharp.torch;

namespace FineTune.Training.Optimizers;

/// <summary>Changes trained parameters by their gradients, and keeps what it needs of earlier steps.</summary>
internal abstract class Optimizer : IDisposable
{
    private readonly IReadOnlyList<ParameterGroup> _groups;
    private readonly List<Slot> _slots = [];

    /// <param name="groups">What is trained.</param>
    protected Optimizer(IReadOnlyList<ParameterGroup> groups)
    {
        _groups = groups;
    }

    /// <summary>Steps taken.</summary>
    public long Steps { get; private set; }

    /// <summary>Whether the optimizer makes its own learning rates, and the schedule's is not read.</summary>
    public virtual bool OwnRates => false;

    /// <summary>What it keeps, by parameter and name, for checkpoints: such as <c>{parameter}.exp_avg</c>.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> State =>
        Slots.SelectMany(slot => slot.State.Select(entry => KeyValuePair.Create($"{slot.Parameter.Name}.{entry.Key}", entry.Value))).Concat(CommonState);

    /// <summary>The L2 norm over the gradients of all parameters together.</summary>
    public double GradientNorm() => Math.Sqrt(SumOfSquaredGradients());

    /// <summary>The sum of the squares of all gradients.</summary>
    public double SumOfSquaredGradients() => Parameters.Sum(parameter => AdamWUpdate.SumOfSquares(parameter.Gradient!));

    /// <summary>Clamps every element of the gradients.</summary>
    public void ClipValues(double largest)
    {
        foreach (var parameter in Parameters)
            parameter.Gradient!.clamp_(-largest, largest);
    }

    /// <summary>One step; clears the gradients.</summary>
    /// <param name="learningRate">This step's rate.</param>
    /// <param name="gradientScale">Multiplies the gradients: the factor of clipping.</param>
    public void Step(double learningRate, double gradientScale)
    {
        using var none = no_grad();
        Steps++;
        Begin(learningRate);
        foreach (var slot in Slots)
        {
            Update(slot, learningRate * slot.Group.RateFactor, gradientScale);
            slot.Parameter.Changed();
        }
    }

    /// <summary>Takes over a checkpoint's state.</summary>
    public void Restore(long steps, Func<string, Tensor> read)
    {
        using var none = no_grad();
        Steps = steps;
        foreach (var (name, kept) in State)
        {
            using var stored = read(name);
            kept.copy_(stored);
        }
    }

    /// <summary>
    /// The weights to evaluate and to save, where they are not those that are trained: a new tensor a parameter, or null for all.
    /// </summary>
    public virtual IReadOnlyList<(Parameter Parameter, Tensor Value)>? EvaluationWeights() => null;

    /// <inheritdoc/>
    public virtual void Dispose()
    {
        foreach (var tensor in _slots.SelectMany(slot => slot.State.Values))
            tensor.Dispose();
    }

    /// <summary>What is trained.</summary>
    protected IEnumerable<Parameter> Parameters => _groups.SelectMany(group => group.Parameters);

    /// <summary>The parameters with what is kept of them.</summary>
    protected IReadOnlyList<Slot> Slots
    {
        get
        {
            if (_slots.Count == 0)
            {
                _slots.AddRange(_groups.SelectMany(group => group.Parameters.Select(parameter =>
                    new Slot(parameter, group, NewState(parameter).ToDictionary(entry => entry.Name, entry => entry.Value.DetachFromDisposeScope())))));
            }

            return _slots;
        }
    }

    /// <summary>What is kept besides parameters.</summary>
    protected virtual IEnumerable<KeyValuePair<string, Tensor>> CommonState => [];

    /// <summary>The state of a parameter before the first step.</summary>
    protected abstract IEnumerable<(string Name, Tensor Value)> NewState(Parameter parameter);

    /// <summary>Before the parameters of a step are updated.</summary>
    protected virtual void Begin(double learningRate)
    {
    }

    /// <summary>Updates one parameter, and clears its gradient.</summary>
    protected virtual void Update(Slot slot, double rate, double gradientScale)
    {
        using var scope = NewDisposeScope();
        var gradient = slot.Parameter.Gradient!;
        if (gradientScale != 1)
            gradient.mul_(gradientScale);
        Apply(slot.Parameter.Value, gradient, slot.State, rate, slot.Group.WeightDecay);
        gradient.zero_();
    }

    /// <summary>Updates a weight by its gradient, which may be overwritten.</summary>
    protected abstract void Apply(Tensor weight, Tensor gradient, IReadOnlyDictionary<string, Tensor> state, double rate, double decay);

    /// <summary>A parameter and what is kept of it.</summary>
    protected sealed record Slot(Parameter Parameter, ParameterGroup Group, IReadOnlyDictionary<string, Tensor> State);
}
