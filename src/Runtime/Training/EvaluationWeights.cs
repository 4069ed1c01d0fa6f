using FineTune.Models;
using static TorchSharp.torch;

namespace FineTune.Training;

/// <summary>
/// Weights that stand in for the trained ones while a model is evaluated or saved, where the result is an average: made, read and
/// given back.
/// </summary>
internal sealed class EvaluationWeights : IDisposable
{
    private readonly List<(Parameter Parameter, Parameter Substitute)> _substitutes = [];

    /// <param name="weights">The weights by parameter; null changes nothing. Owned from now on.</param>
    public EvaluationWeights(IReadOnlyList<(Parameter Parameter, Tensor Value)>? weights)
    {
        foreach (var (parameter, value) in weights ?? [])
        {
            var substitute = new Parameter(parameter.Name, value);
            parameter.Substitute = substitute;
            _substitutes.Add((parameter, substitute));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (parameter, substitute) in _substitutes)
        {
            parameter.Substitute = null;
            substitute.Dispose();
        }
    }
}
