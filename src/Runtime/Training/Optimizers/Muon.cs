using FineTune.Models;
using FineTune.Tensors;
using static TorchSharp.torch;

namespace FineTune.Training.Optimizers;

/// <summary>
/// Muon (Jordan et al. 2024) as PyTorch has it: a matrix moves by its orthogonalised momentum, everything else by AdamW.
/// </summary>
/// <param name="groups">What is trained.</param>
/// <param name="momentum">μ.</param>
/// <param name="matchAdamW">
/// Whether an update has the size of AdamW's, <c>0.2·√max(rows, columns)</c>, so that both take one learning rate; else
/// <c>√max(1, rows/columns)</c>.
/// </param>
/// <param name="isMatrix">Which parameters move by Muon.</param>
/// <param name="beta1">AdamW's β₁.</param>
/// <param name="beta2">AdamW's β₂.</param>
/// <param name="epsilon">AdamW's ε.</param>
internal sealed class Muon(
    IReadOnlyList<ParameterGroup> groups, double momentum, bool matchAdamW, Func<Parameter, bool> isMatrix, double beta1, double beta2, double epsilon) : Optimizer(groups)
{
    // Five steps of a quintic iteration that brings singular values near 1.
    private const int Iterations = 5;
    private const double A = 3.4445;
    private const double B = -4.775;
    private const double C = 2.0315;
    private const double SmallestNorm = 1e-7;

    /// <summary>What Muon is meant for: the matrices of the blocks, and an adapter's factors in them.</summary>
    public static bool IsMatrixOfBlock(Parameter parameter) =>
        parameter.Value.dim() == 2 && parameter.Name.Contains(".layers.", StringComparison.Ordinal);

    /// <inheritdoc/>
    protected override IEnumerable<(string Name, Tensor Value)> NewState(Parameter parameter) => isMatrix(parameter)
        ? [("momentum_buffer", zeros_like(parameter.Value))]
        : [("exp_avg", zeros_like(parameter.Value)), ("exp_avg_sq", zeros_like(parameter.Value))];

    /// <inheritdoc/>
    protected override void Apply(Tensor weight, Tensor gradient, IReadOnlyDictionary<string, Tensor> state, double rate, double decay)
    {
        if (!state.TryGetValue("momentum_buffer", out var buffer))
        {
            AdamWUpdate.Apply(weight, gradient, 1, state["exp_avg"], state["exp_avg_sq"], Steps, rate, beta1, beta2, epsilon, decay);
            return;
        }

        buffer.mul_(momentum).add_(gradient, alpha: 1 - momentum);
        // Nesterov's look ahead.
        var update = Orthogonal(gradient.mul(1 - momentum).add_(buffer, alpha: momentum));
        var (rows, columns) = ((double)weight.shape[0], (double)weight.shape[1]);
        var size = matchAdamW ? 0.2 * Math.Sqrt(Math.Max(rows, columns)) : Math.Sqrt(Math.Max(1, rows / columns));
        weight.mul_(1 - rate * decay).add_(update, alpha: -rate * size);
    }

    private static Tensor Orthogonal(Tensor matrix)
    {
        var tall = matrix.shape[0] > matrix.shape[1];
        var x = (tall ? matrix.t() : matrix).to(ScalarType.BFloat16);
        x = x / x.norm().clamp(min: SmallestNorm);
        for (var i = 0; i < Iterations; i++)
        {
            var gram = mm(x, x.t());
            x = addmm(x, addmm(gram, gram, gram, (float)B, (float)C), x, (float)A, 1);
        }

        return (tall ? x.t() : x).to(ScalarType.Float32);
    }
}
