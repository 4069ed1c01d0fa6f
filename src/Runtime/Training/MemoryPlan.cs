namespace FineTune.Training;

/// <summary>The memory that a run needs, in bytes, by what holds it.</summary>
/// <param name="Weights">The weights that the forward pass reads, frozen or not, without the adapter.</param>
/// <param name="Adapter">The adapter's weights; 0 without an adapter.</param>
/// <param name="Optimizer">The optimizer's moments and the gradients of the trained weights.</param>
/// <param name="Activations">What the forward pass of the largest micro-batch keeps for the backward pass.</param>
public sealed record MemoryPlan(long Weights, long Adapter, long Optimizer, long Activations)
{
    /// <summary>The base model beside the trained weights, where their divergence counts; else 0.</summary>
    public long Reference { get; init; }

    /// <summary>Keys and values of completions while they are sampled; 0 where none are.</summary>
    public long Sampling { get; init; }

    /// <summary>The sum of the parts.</summary>
    public long Total => Weights + Adapter + Optimizer + Activations + Reference + Sampling;
}
