namespace FineTune.Keys;

/// <summary>
/// The peak learning rate of a recipe that has none: all weights of a pretrained model get a tenth of an adapter's, as a higher one
/// would make the model forget; random weights have nothing to forget (6e-4, as small GPT models are trained).
/// </summary>
internal static class DefaultLearningRate
{
    private const double OfAdapter = 2e-4;
    private const double OfPretrained = 2e-5;
    private const double OfRandom = 6e-4;

    /// <param name="hasAdapter">Whether an adapter is trained, not the weights.</param>
    /// <param name="isRandom">Whether the weights are random at the beginning.</param>
    public static double Of(bool hasAdapter, bool isRandom) => hasAdapter ? OfAdapter : isRandom ? OfRandom : OfPretrained;
}
