using static TorchSharp.torch;

namespace FineTune.Hooks;

/// <summary>
/// A loss of the user's own, in place of cross entropy. It sees the trained positions of a batch in chunks, whatever the length
/// of the batch; the sum over all of them is divided by the trained tokens of the optimizer step, as with the built-in loss.
/// </summary>
public interface ITokenLoss
{
    /// <summary>
    /// Names the loss in the run's identity. Change it together with the code, such as <c>focal-2</c>: a finished run with another name
    /// is not taken for this one.
    /// </summary>
    string Name { get; }

    /// <summary>Computes losses; their gradient is taken by automatic differentiation.</summary>
    /// <param name="logits">[rows, vocabulary] fp32: the scores of the token after each trained position.</param>
    /// <param name="targets">[rows] Int64: the tokens that came.</param>
    /// <returns>[rows]: the loss of each position.</returns>
    Tensor Losses(Tensor logits, Tensor targets);
}
