using FineTune.Recipes;
using FineTune.Tensors;

namespace FineTune.Training;

/// <summary>What a training pass does beside plain cross entropy.</summary>
/// <param name="Loss">The loss; null is plain cross entropy.</param>
/// <param name="NeftuneNoiseAlpha">The scale of the noise on embeddings (NEFTune, Jain et al. 2023); 0 is none.</param>
internal sealed record PassSettings(TokenLoss? Loss = null, double NeftuneNoiseAlpha = 0)
{
    /// <summary>The settings of a recipe.</summary>
    public static PassSettings Of(TrainingOptions options)
    {
        var plain = options is { LabelSmoothing: 0, ZLoss: 0, LossType: LossType.CrossEntropy };
        return new PassSettings(plain ? null : new TokenLoss(options.LabelSmoothing, options.ZLoss, options.LossType == LossType.Dft), options.NeftuneNoiseAlpha);
    }
}
