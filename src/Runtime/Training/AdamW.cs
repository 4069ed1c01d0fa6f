using FineTune.Models;
using FineTune.Recipes;
using FineTune.Tensors;
using static TorchSharp.torch;

namespace FineTune.Training;

/// <summary>AdamW over a model's trained parameters, with clipping by the norm of all gradients together.</summary>
internal sealed class AdamW : IDisposable
{
    private readonly List<(Parameter Parameter, Tensor First, Tensor Second)> _moments;
    private readonly double _beta1;
    private readonly double _beta2;
    private readonly double _epsilon;
    private readonly Func<string, double> _weightDecay;

    /// <summary>As a recipe says; norms and biases do not decay.</summary>
    public AdamW(IEnumerable<Parameter> parameters, TrainingOptions options)
        : this(parameters, options.Beta1, options.Beta2, options.Epsilon, name => Decays(name) ? options.WeightDecay : 0)
    {
    }

    /// <param name="parameters">What is trained.</param>
    /// <param name="beta1">The decay of the first moment.</param>
    /// <param name="beta2">The decay of the second moment.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="weightDecay">The decoupled weight decay of a parameter, by its name.</param>
    public AdamW(IEnumerable<Parameter> parameters, double beta1, double beta2, double epsilon, Func<string, double> weightDecay)
    {
        (_beta1, _beta2, _epsilon, _weightDecay) = (beta1, beta2, epsilon, weightDecay);
        _moments = [.. parameters.Select(parameter =>
            (parameter, zeros_like(parameter.Value).DetachFromDisposeScope(), zeros_like(parameter.Value).DetachFromDisposeScope()))];
    }

    /// <summary>Steps taken.</summary>
    public long Steps { get; private set; }

    /// <summary>The moments by parameter name, for checkpoints: <c>{name}.exp_avg</c> and <c>{name}.exp_avg_sq</c>.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> State => _moments.SelectMany(entry => new[]
    {
        KeyValuePair.Create($"{entry.Parameter.Name}.exp_avg", entry.First),
        KeyValuePair.Create($"{entry.Parameter.Name}.exp_avg_sq", entry.Second),
    });

    /// <summary>The L2 norm over the gradients of all parameters together.</summary>
    public double GradientNorm() => Math.Sqrt(SumOfSquaredGradients());

    /// <summary>The sum of the squares of all gradients.</summary>
    public double SumOfSquaredGradients() => _moments.Sum(entry => AdamWUpdate.SumOfSquares(entry.Parameter.Gradient!));

    /// <summary>One step; clears the gradients.</summary>
    /// <param name="learningRate">This step's rate.</param>
    /// <param name="gradientScale">Multiplies the gradients: the factor of clipping.</param>
    public void Step(double learningRate, double gradientScale)
    {
        Steps++;
        foreach (var (parameter, first, second) in _moments)
        {
            AdamWUpdate.Apply(parameter.Value, parameter.Gradient!, gradientScale, first, second, Steps,
                learningRate, _beta1, _beta2, _epsilon, _weightDecay(parameter.Name));
            parameter.Changed();
        }
    }

    /// <summary>Takes over a checkpoint's moments.</summary>
    public void Restore(long steps, Func<string, Tensor> read)
    {
        Steps = steps;
        foreach (var (name, moment) in State)
        {
            using var stored = read(name);
            moment.copy_(stored);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _moments.ForEach(entry =>
    {
        entry.First.Dispose();
        entry.Second.Dispose();
    });

    /// <summary>Whether transformers lets a parameter decay: biases and norms do not.</summary>
    public static bool Decays(string name) =>
        !name.EndsWith(".bias", StringComparison.Ordinal)
        && !name.Split('.').Any(part => part == "norm" || part.EndsWith("_norm", StringComparison.Ordinal)
            || part.Contains("layernorm", StringComparison.OrdinalIgnoreCase) || part.Contains("rmsnorm", StringComparison.OrdinalIgnoreCase));
}
