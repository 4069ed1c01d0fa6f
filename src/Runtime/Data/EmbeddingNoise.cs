using static TorchSharp.torch;

namespace FineTune.Data;

/// <summary>NEFTune (Jain et al. 2023): noise on the embeddings of a training pass.</summary>
internal static class EmbeddingNoise
{
    /// <summary>Adds uniform noise within <c>±alpha / √(length · hidden)</c> to each sequence, by its own length.</summary>
    /// <param name="hidden">[T, hidden]; changed.</param>
    /// <param name="layout">The sequences.</param>
    /// <param name="alpha">The scale of the noise.</param>
    public static void Add(Tensor hidden, SequenceLayout layout, double alpha)
    {
        using var scope = NewDisposeScope();
        var width = hidden.shape[1];
        var magnitudes = layout.Lengths.SelectMany(length => Enumerable.Repeat((float)(alpha / Math.Sqrt((double)length * width)), length)).ToArray();
        var noise = rand(hidden.shape).mul_(2).sub_(1).mul_(tensor(magnitudes).unsqueeze(1));
        hidden.add_(noise.to(hidden.dtype));
    }
}
