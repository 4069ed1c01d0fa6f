using static TorchSharp.torch;

namespace CustomPipeline;

/// <summary>
/// Focal loss: <c>−(1 − p)^γ · log p</c> of the token that came, so that tokens which the model is sure of already count less
/// (Lin et al. 2017).
/// </summary>
public sealed class FocalLoss(double gamma) : ITokenLoss
{
    public string Name => $"focal-{gamma}";

    public Tensor Losses(Tensor logits, Tensor targets)
    {
        var logProbability = nn.functional.log_softmax(logits, -1).gather(1, targets.unsqueeze(1)).squeeze(1);
        return -(1 - logProbability.exp()).pow(gamma) * logProbability;
    }
}
