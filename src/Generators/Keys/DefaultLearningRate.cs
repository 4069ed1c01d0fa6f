namespace FineTune.Keys;

/// <summary>
/// The peak learning rate of a recipe that has none: all weights of a pretrained model get a tenth of an adapter's, as a higher one
/// would make the model forget; random weights have nothing to forget (6e-4, as small GPT models are trained). Policy gradients are
/// noisy, and get a twentieth of it (1e-6 for all weights, as in TRL).
/// </summary>
internal static class DefaultLearningRate
{
    private const double OfAdapter = 2e-4;
    private const double OfPretrained = 2e-5;
    private const double OfRandom = 6e-4;
    private const double OfRewardedAdapter = 1e-5;
    private const double OfRewardedWeights = 1e-6;

    /// <param name="hasAdapter">Whether an adapter is trained, not the weights.</param>
    /// <param name="isRandom">Whether the weights are random at the beginning.</param>
    /// <param name="isRewarded">Whether rewards judge what the model samples.</param>
    public static double Of(bool hasAdapter, bool isRandom, bool isRewarded) => (hasAdapter, isRewarded) switch
    {
        (true, false) => OfAdapter,
        (true, true) => OfRewardedAdapter,
        (false, true) => OfRewardedWeights,
        (false, false) => isRandom ? OfRandom : OfPretrained,
    };
}
